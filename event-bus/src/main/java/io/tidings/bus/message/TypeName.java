package io.tidings.bus.message;

import io.tidings.events.MessageType;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a message's type is called on the wire: {@code io.tidings.OrderPlaced.v2}.
 *
 * @param namespace such as {@code io.tidings}
 * @param name such as {@code OrderPlaced}
 * @param version counts from 1
 */
public record TypeName(String namespace, String name, int version) {

    private static final Pattern FORM =
            Pattern.compile("(?<namespace>.+)\\.(?<name>[^.]+)\\.v(?<version>[1-9][0-9]{0,8})");

    static TypeName of(String namespace, MessageType type) {
        return new TypeName(namespace, type.name(), type.version());
    }

    /** The parts of a CloudEvents type; empty if it is of another form. */
    public static Optional<TypeName> parse(String type) {
        Matcher parts = FORM.matcher(type);
        return parts.matches()
                ? Optional.of(new TypeName(
                        parts.group("namespace"), parts.group("name"), Integer.parseInt(parts.group("version"))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "%s.%s.v%d".formatted(namespace, name, version);
    }
}
