package io.tidings.scenarios.terminal;

import io.tidings.events.Money;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Values as they are shown to people. */
final class Values {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Values() {}

    static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }

    /** Such as {@code 12:00:00.123}, in UTC. */
    static String time(JsonNode node, String field) {
        String given = text(node, field);
        try {
            return TIME.format(Instant.parse(given));
        } catch (DateTimeException otherForm) {
            return given;
        }
    }

    /** Such as {@code 0.4 ms}, {@code 12 ms} or {@code 3.2 s}. */
    static String duration(double millis) {
        if (Math.abs(millis) < 10) {
            return String.format(Locale.ROOT, "%.1f ms", millis);
        }
        return Math.abs(millis) < 1_000
                ? String.format(Locale.ROOT, "%.0f ms", millis)
                : String.format(Locale.ROOT, "%.1f s", millis / 1_000);
    }

    /** Name and version, such as {@code OrderPlaced v2}. */
    static String nameAndVersion(String type) {
        return type.replaceFirst("^.+\\.([^.]+)\\.(v\\d+)$", "$1 $2");
    }

    /** One line of any JSON: texts without quotes, money as money. */
    static String plain(JsonNode value) {
        if (value.isNull() || value.isMissingNode()) {
            return "–";
        }
        if (value.isString()) {
            return value.asString();
        }
        if (value.has("minorUnits") && value.has("currency") && value.size() == 2) {
            return money(value);
        }
        return value.toString();
    }

    private static String money(JsonNode value) {
        try {
            return new Money(value.path("minorUnits").asLong(0), text(value, "currency")).toString();
        } catch (IllegalArgumentException otherForm) {
            return value.toString();
        }
    }
}
