package io.tidings.bus.message;

import io.tidings.events.MessageType;
import java.util.Optional;

/**
 * How a message's type is called on the wire: {@code io.tidings.OrderPlaced.v2}.
 *
 * @param namespace such as {@code io.tidings}
 * @param name such as {@code OrderPlaced}
 * @param version counts from 1
 */
public record TypeName(String namespace, String name, int version) {

    private static final int MOST_DIGITS = 9;

    static TypeName of(String namespace, MessageType type) {
        return new TypeName(namespace, type.name(), type.version());
    }

    /** The parts of a CloudEvents type; empty if it is of another form. By hand, since each message is asked several times. */
    public static Optional<TypeName> parse(String type) {
        int beforeVersion = type.lastIndexOf('.');
        int beforeName = type.lastIndexOf('.', beforeVersion - 1);
        boolean complete = beforeName > 0 && beforeName + 1 < beforeVersion && type.startsWith("v", beforeVersion + 1);
        if (!complete || !isVersion(type, beforeVersion + 2)) {
            return Optional.empty();
        }
        return Optional.of(new TypeName(
                type.substring(0, beforeName),
                type.substring(beforeName + 1, beforeVersion),
                Integer.parseInt(type, beforeVersion + 2, type.length(), 10)));
    }

    /** Whether nothing but a number above zero, without leading zeros, begins there. */
    private static boolean isVersion(String type, int begin) {
        int digits = type.length() - begin;
        if (digits < 1 || digits > MOST_DIGITS || type.charAt(begin) == '0') {
            return false;
        }
        for (int at = begin; at < type.length(); at++) {
            if (type.charAt(at) < '0' || type.charAt(at) > '9') {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return namespace + "." + name + ".v" + version;
    }
}
