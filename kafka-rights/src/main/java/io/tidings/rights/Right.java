package io.tidings.rights;

import java.util.Comparator;
import java.util.Locale;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Who may do what with one thing on Kafka. Names are meant by the letter: there is no right to all topics, or to those that
 * begin in some way. Whoever may {@code READ} or {@code WRITE} a thing may describe it, too.
 *
 * @param login of a client, such as "order-service"
 * @param operation that is allowed
 * @param kind of the thing, such as {@code TOPIC}
 * @param name of the thing
 */
public record Right(String login, AclOperation operation, ResourceType kind, String name) implements Comparable<Right> {

    private static final String PRINCIPAL = "User:";
    private static final String ANY = "*";
    private static final int WORDS = 4;
    private static final Comparator<Right> BY_LOGIN = Comparator.comparing(Right::login)
            .thenComparing(Right::kind)
            .thenComparing(Right::name)
            .thenComparing(Right::operation);

    public Right {
        if (operation.isUnknown() || operation == AclOperation.ANY || operation == AclOperation.ALL) {
            throw new IllegalArgumentException(
                    "A right is to one operation, such as READ or WRITE, and not to %s.".formatted(operation));
        }
        if (kind.isUnknown() || kind == ResourceType.ANY) {
            throw new IllegalArgumentException(
                    "A right is to something of one kind, such as TOPIC or GROUP, and not %s.".formatted(kind));
        }
        if (login.equals(ANY) || name.equals(ANY)) {
            throw new IllegalArgumentException("A right is one login's, and to one thing: name it instead of '*'.");
        }
    }

    /**
     * @param line such as {@code order-service WRITE TOPIC orders}
     * @throws IllegalArgumentException if it does not say who may do what
     */
    public static Right parse(String line) {
        String[] words = line.strip().split("\\s+");
        if (words.length != WORDS) {
            throw new IllegalArgumentException(
                    "'%s' is no right: it must be such as 'order-service WRITE TOPIC orders'.".formatted(line.strip()));
        }
        return new Right(
                words[0],
                AclOperation.fromString(words[1].toUpperCase(Locale.ROOT)),
                ResourceType.fromString(words[2].toUpperCase(Locale.ROOT)),
                words[3]);
    }

    /** As brokers keep it. */
    AclBinding toBinding() {
        return new AclBinding(
                new ResourcePattern(kind, name, PatternType.LITERAL),
                new AccessControlEntry(PRINCIPAL + login, ANY, operation, AclPermissionType.ALLOW));
    }

    @Override
    public int compareTo(Right other) {
        return BY_LOGIN.compare(this, other);
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return "%-22s %-8s %-5s %s".formatted(login, operation, kind, name);
    }
}
