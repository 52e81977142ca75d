package io.tidings.analytics.domain;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Something that can be told of a range of time. */
public sealed interface Metric {

    /** How callers name it. */
    String label();

    /** How many events there were. */
    enum Count implements Metric {
        USERS_CREATED,
        ORDERS_PLACED,
        ORDERS_COMPLETED,
        ORDERS_REJECTED,
        ORDERS_CANCELED,
        INVENTORY_RESERVED,
        INVENTORY_REJECTED,
        INVENTORY_RELEASED,
        PAYMENTS_PROCESSED,
        PAYMENTS_FAILED,
        PAYMENTS_REFUNDED,
        SHIPMENTS_CREATED,
        SHIPMENTS_CANCELED,
        DEAD_LETTERS;

        @Override
        public String label() {
            return spoken(this);
        }
    }

    /**
     * What completed orders cost, in minor units.
     *
     * @param currency an ISO 4217 code
     */
    record Revenue(String currency) implements Metric {

        public static final String PREFIX = "revenue.";

        private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

        @Override
        public String label() {
            return PREFIX + currency;
        }
    }

    /** Which part of all there were. */
    enum Rate implements Metric {
        /** Payments that failed, of all that were tried; from 0 to 1. */
        PAYMENT_FAILURE_RATE;

        @Override
        public String label() {
            return spoken(this);
        }
    }

    /** Milliseconds within which a share of the orders completed, from their placing on. */
    enum TimeToCompletion implements Metric {
        P50(0.50),
        P95(0.95),
        P99(0.99);

        private final double share;

        TimeToCompletion(double share) {
            this.share = share;
        }

        public double share() {
            return share;
        }

        @Override
        public String label() {
            return "time-to-completion." + spoken(this);
        }
    }

    /** The metric of that name; empty if there is none. */
    static Optional<Metric> named(String label) {
        if (label.startsWith(Revenue.PREFIX)) {
            String currency = label.substring(Revenue.PREFIX.length());
            return Revenue.CURRENCY.matcher(currency).matches() ? Optional.of(new Revenue(currency)) : Optional.empty();
        }
        return fixed().filter(metric -> metric.label().equals(label)).findFirst();
    }

    /** All there are, as callers name them. */
    static List<String> labels() {
        return Stream.concat(fixed().map(Metric::label), Stream.of(Revenue.PREFIX + "<currency>"))
                .toList();
    }

    private static Stream<Metric> fixed() {
        return Stream.of(Count.values(), Rate.values(), TimeToCompletion.values())
                .flatMap(Stream::of);
    }

    private static String spoken(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
