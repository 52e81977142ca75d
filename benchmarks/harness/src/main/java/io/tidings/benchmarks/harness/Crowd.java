package io.tidings.benchmarks.harness;

import io.tidings.benchmarks.contender.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/** Customers who order, at random from many products, so that no row is that of all orders. */
final class Crowd {

    private static final int PRODUCTS = 50;
    private static final int STOCK = 1_000_000;
    private static final int PRICE = 100;
    private static final int HIGHEST_RISE = 100;
    private static final long MONEY = 1_000_000_000;
    /** So many wait for an answer at the same time, at most, while the crowd gathers. */
    private static final int GATHERING_CALLS = 16;
    /** The same of a closed loop. With fewer, customers wait for a call; with more, the shop refuses some. */
    static final int CLOSED_CALLS = 48;
    /** Of an open loop: who is not answered is not waited for, up to this many. */
    private static final int OPEN_CALLS = 2_000;

    private final ShopClient client;
    private final OrderLedger ledger;
    private final List<UUID> customers;
    private final List<String> products;
    private final AtomicInteger next = new AtomicInteger();

    private Crowd(ShopClient client, OrderLedger ledger, List<UUID> customers, List<String> products) {
        this.client = client;
        this.ledger = ledger;
        this.customers = List.copyOf(customers);
        this.products = List.copyOf(products);
    }

    /** A span of time, in microseconds since 1970. */
    record Span(long from, long to) {

        boolean holds(long time) {
            return time >= from && time < to;
        }

        double seconds() {
            return (to - from) / 1e6;
        }
    }

    /** Signs customers up and gives them money, lists products and gives them stock; returns when orders are taken. */
    static Crowd gather(ShopClient client, OrderLedger ledger, int size) {
        List<String> products = together(numbers(PRODUCTS), number -> {
            String sku = "product-" + number;
            client.list(sku, PRICE, STOCK);
            return sku;
        });
        List<UUID> customers = together(numbers(size), client::signUp);
        together(customers, customer -> client.deposit(customer, MONEY));
        Crowd crowd = new Crowd(client, ledger, customers, products);
        // Products and customers are told on topics of their own, each in any order.
        together(products, product -> crowd.buyOnce(customers.getLast(), product));
        together(customers, customer -> crowd.buyOnce(customer, products.getFirst()));
        return crowd;
    }

    /** Changes the price of one product after another, several at a time; each to one that it did not have before it. */
    void changePrices(int changes) {
        together(numbers(changes), number -> {
            client.changePrice(products.get(number % PRODUCTS), PRICE + 1 + number / PRODUCTS % HIGHEST_RISE);
            return number;
        });
    }

    /** Their ids. */
    List<UUID> customers() {
        return customers;
    }

    private static List<Integer> numbers(int size) {
        return IntStream.rangeClosed(1, size).boxed().toList();
    }

    /** Does it for each, several at a time, and answers what came of it in the same order. */
    private static <T, R> List<R> together(List<T> all, Function<T, R> task) {
        try (ExecutorService threads = Executors.newFixedThreadPool(GATHERING_CALLS)) {
            List<CompletableFuture<R>> running = all.stream()
                    .map(one -> CompletableFuture.supplyAsync(() -> task.apply(one), threads))
                    .toList();
            return running.stream().map(CompletableFuture::join).toList();
        }
    }

    /** Returns when the order was taken, which it is as soon as order-service has heard of both. */
    private UUID buyOnce(UUID customer, String product) {
        ShopClient.until("sell %s to %s".formatted(product, customer), () -> isSold(customer, product));
        return customer;
    }

    private boolean isSold(UUID customer, String product) {
        long now = Clock.micros();
        ShopClient.Answer answer = client.place(customer, product);
        if (answer.isPlaced()) {
            ledger.placed(answer.placedId(), now, answer.answeredAt(), () -> {});
        }
        return answer.isPlaced();
    }

    /**
     * Each customer places an order as soon as the last one has ended, until the time is up. A refused one comes again when
     * told to, and then counts from the first time.
     *
     * @throws IllegalStateException if the shop does not take an order
     */
    Span closedLoop(Duration duration) throws InterruptedException {
        BlockingQueue<UUID> ready = new LinkedBlockingQueue<>(customers);
        long from = Clock.micros();
        long end = System.nanoTime() + duration.toNanos();
        List<CompletableFuture<Void>> callers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(CLOSED_CALLS)) {
            for (int caller = 0; caller < CLOSED_CALLS; caller++) {
                callers.add(CompletableFuture.runAsync(() -> callInTurn(ready, end), threads));
            }
        }
        callers.forEach(CompletableFuture::join);
        return new Span(from, Clock.micros());
    }

    private void callInTurn(BlockingQueue<UUID> ready, long end) {
        try {
            for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
                UUID customer = ready.poll(left, TimeUnit.NANOSECONDS);
                if (customer != null) {
                    placeAtLast(customer, Clock.micros(), () -> ready.add(customer));
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Orders come at a steady rate, whatever became of those before. Who is refused does not come again.
     *
     * @param perSecond orders
     * @param heard is told of each answer, and when it was wanted to be asked for
     */
    Span openLoop(double perSecond, Duration duration, Consumer<Asked> heard) throws InterruptedException {
        return comeSteadily(
                perSecond,
                duration,
                wantedAt -> heard.accept(new Asked(wantedAt, place(anyone(), wantedAt, () -> {}))));
    }

    /**
     * Orders come at a steady rate, whatever became of those before. Who is refused comes again when told to, and counts
     * from the first time.
     *
     * @param perSecond orders
     * @throws IllegalStateException if the shop does not take an order
     */
    Span openLoop(double perSecond, Duration duration) throws InterruptedException {
        return comeSteadily(perSecond, duration, wantedAt -> placeAtLast(anyone(), wantedAt, () -> {}));
    }

    private Span comeSteadily(double perSecond, Duration duration, LongConsumer order) throws InterruptedException {
        long count = Math.max(1, Math.round(perSecond * duration.toMillis() / 1000));
        Semaphore calls = new Semaphore(OPEN_CALLS);
        List<CompletableFuture<Void>> orders = new ArrayList<>();
        long from = Clock.micros();
        long began = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (long number = 0; number < count; number++) {
                long offset = (long) (number * 1e9 / perSecond);
                for (long left = began + offset - System.nanoTime();
                        left > 0;
                        left = began + offset - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                long wantedAt = from + offset / 1000;
                calls.acquire();
                orders.add(CompletableFuture.runAsync(() -> order.accept(wantedAt), threads)
                        .whenComplete((placed, failure) -> calls.release()));
            }
        }
        orders.forEach(CompletableFuture::join);
        return new Span(from, from + duration.toNanos() / 1000);
    }

    /** What was answered to an order that was wanted at a time, in microseconds since 1970. */
    record Asked(long wantedAt, ShopClient.Answer answer) {

        double milliseconds() {
            return (answer.answeredAt() - wantedAt) / 1000.0;
        }
    }

    /** One order after another, until there were enough or the time is up. */
    Span oneAtATime(int orders, Duration atMost) throws InterruptedException {
        long from = Clock.micros();
        long end = System.nanoTime() + atMost.toNanos();
        for (int order = 0; order < orders && System.nanoTime() < end; order++) {
            Semaphore ended = new Semaphore(0);
            placeAtLast(anyone(), Clock.micros(), ended::release);
            if (!ended.tryAcquire(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("An order that was alone did not end within a minute.");
            }
        }
        return new Span(from, Clock.micros());
    }

    private ShopClient.Answer place(UUID customer, long wantedAt, Runnable whenEnded) {
        return noted(client.place(customer, anything()), wantedAt, whenEnded);
    }

    private void placeAtLast(UUID customer, long wantedAt, Runnable whenEnded) {
        ShopClient.Answer answer = noted(client.placeAtLast(customer, anything()), wantedAt, whenEnded);
        if (!answer.isPlaced()) {
            throw new IllegalStateException("The shop answered %d to an order.".formatted(answer.status()));
        }
    }

    private ShopClient.Answer noted(ShopClient.Answer answer, long wantedAt, Runnable whenEnded) {
        if (answer.isPlaced()) {
            ledger.placed(answer.placedId(), wantedAt, answer.answeredAt(), whenEnded);
        }
        return answer;
    }

    private String anything() {
        return products.get(ThreadLocalRandom.current().nextInt(products.size()));
    }

    private UUID anyone() {
        return customers.get(Math.floorMod(next.getAndIncrement(), customers.size()));
    }
}
