package io.tidings.benchmarks.contender;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lets writers place or change orders, and tells how many they could. */
final class LoadTask implements Task {

    private static final Duration LONGEST_TRANSACTION = Duration.ofMinutes(1);

    private final OrderBook book;

    LoadTask(OrderBook book) {
        this.book = book;
    }

    @Override
    public String name() {
        return Load.TASK;
    }

    @Override
    public Loaded perform(JsonNode parameters) throws InterruptedException {
        Load load = JsonMapper.shared().treeToValue(parameters, Load.class);
        Course course = new Course(load, load.orders() == 0 ? List.of() : book.prepare(load.orders()));
        List<Thread> writers = IntStream.range(0, load.writers())
                .mapToObj(number -> Thread.ofPlatform().name("writer-" + number).unstarted(course::write))
                .toList();
        writers.forEach(Thread::start);
        for (Thread writer : writers) {
            if (!writer.join(Duration.ofMillis(load.milliseconds()).plus(LONGEST_TRANSACTION))) {
                throw new IllegalStateException(
                        "A writer has waited for a transaction for more than " + LONGEST_TRANSACTION + ".");
            }
        }
        return new Loaded(course.accepted.get(), course.startedAt, Clock.micros(), course.failures, course.committedAt);
    }

    /** One load under way. */
    private final class Course {

        private final Load load;
        private final List<UUID> orders;
        private final long startedAt = Clock.micros();
        private final long start = System.nanoTime();
        private final AtomicLong turns = new AtomicLong();
        private final AtomicLong accepted = new AtomicLong();
        private final Map<String, Long> failures = new ConcurrentHashMap<>();
        private final Map<UUID, Long> committedAt = new ConcurrentHashMap<>();

        Course(Load load, List<UUID> orders) {
            this.load = load;
            this.orders = orders;
        }

        void write() {
            long end = start + load.milliseconds() * 1_000_000;
            while (awaitTurn() < end) {
                try {
                    transact();
                    accepted.incrementAndGet();
                } catch (RuntimeException failure) {
                    failures.merge(failure.toString(), 1L, Long::sum);
                }
            }
        }

        /** Answers when it has come, in the time of {@link System#nanoTime}. */
        private long awaitTurn() {
            if (load.perSecond() == 0) {
                return System.nanoTime();
            }
            long turn = start + turns.getAndIncrement() * 1_000_000_000L / load.perSecond();
            for (long left = turn - System.nanoTime(); left > 0; left = turn - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            return turn;
        }

        private void transact() {
            if (orders.isEmpty()) {
                UUID placed = book.place();
                if (load.perSecond() > 0) {
                    committedAt.put(placed, Clock.micros());
                }
            } else {
                book.change(orders.get(ThreadLocalRandom.current().nextInt(orders.size())));
            }
        }
    }
}
