package io.tidings.audit.domain.entity;

import io.tidings.events.Topics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What can be looked at as it was. */
public enum EntityType {
    ORDER(Topics.ORDERS, Topics.INVENTORY, Topics.PAYMENTS, Topics.SHIPMENTS),
    USER(Topics.USERS, Topics.NOTIFICATIONS),
    PRODUCT(Topics.PRODUCTS),
    /** What the bus knows of it, which is its payments: the wallet is payment-service's own, and can tell its own past. */
    ACCOUNT(Topics.PAYMENTS);

    private final List<String> topics;

    EntityType(String... topics) {
        this.topics = List.of(topics);
    }

    /** Where messages about it are told. */
    List<String> topics() {
        return topics;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<EntityType> of(String word) {
        return Stream.of(values()).filter(type -> type.word().equals(word)).findFirst();
    }

    /** All words, for whoever chose another. */
    public static String words() {
        return Stream.of(values()).map(EntityType::word).collect(Collectors.joining(", "));
    }
}
