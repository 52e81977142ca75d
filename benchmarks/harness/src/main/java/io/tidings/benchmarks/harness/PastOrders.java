package io.tidings.benchmarks.harness;

import io.tidings.infrastructure.DatabaseAccess;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/**
 * Orders that were completed in the last thirty days, as far as the shop remembers: nobody placed them, they are written
 * into the services' databases. Each customer of that time has placed ten, with one piece of another product each.
 *
 * @param number how many; at least ten
 * @param begin of the thirty days, in milliseconds since 1970
 */
record PastOrders(int number, long begin) {

    private static final Duration SPAN = Duration.ofDays(30);
    private static final int ORDERS_OF_A_CUSTOMER = 10;
    private static final long VERSION_7 = 0x7000;
    private static final long OF_A_CUSTOMER = 0x8001L << 48;
    private static final long OF_AN_ORDER = 0x8002L << 48;

    static PastOrders until(Instant end, int number) {
        return new PastOrders(number, end.minus(SPAN).toEpochMilli());
    }

    int customers() {
        return number / ORDERS_OF_A_CUSTOMER;
    }

    /** Milliseconds from one order to the next. */
    private long pause() {
        return SPAN.toMillis() / number;
    }

    /** The id of an order, from 1 on; later ones have greater ids. */
    UUID order(int order) {
        return new UUID((begin + order * pause()) << 16 | VERSION_7, OF_AN_ORDER | order);
    }

    /** The id of a customer, from 1 on. */
    UUID customer(int customer) {
        return new UUID(begin << 16 | VERSION_7, OF_A_CUSTOMER | customer);
    }

    /** A name that no other customer has, nor one that begins with it. */
    String familyName(int customer) {
        return String.format(Locale.ROOT, "%09d", customer)
                .chars()
                .map(digit -> digit - '0' + 'a')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Writes them into all services' databases, and returns when the databases have settled. */
    void insertInto(ShopProcess shop) {
        String common = script("common");
        ShopProcess.SERVICES.parallelStream().forEach(service -> {
            DatabaseAccess database = shop.database(service);
            Arena.execute(database, common + script(service));
            Arena.execute(database, "vacuum analyze");
        });
        shop.checkpoint();
    }

    private String script(String name) {
        try (InputStream script = PastOrders.class.getResourceAsStream("/past-orders/%s.sql".formatted(name))) {
            if (script == null) {
                throw new IllegalStateException(
                        "There is no past-orders/%s.sql: write what %s remembers of an order.".formatted(name, name));
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("${orders}", Integer.toString(number))
                    .replace("${customers}", Integer.toString(customers()))
                    .replace("${begin}", Long.toString(begin))
                    .replace("${pause}", Long.toString(pause()));
        } catch (IOException failure) {
            throw new UncheckedIOException("past-orders/%s.sql can't be read.".formatted(name), failure);
        }
    }
}
