package io.tidings.rights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;

/**
 * All rights on Kafka: what is not among them is refused.
 *
 * @param all in the order in which people look for them
 */
public record Rights(SortedSet<Right> all) {

    private static final String COMMENT = "#";
    private static final long BETWEEN_LOOKS_NANOS = 20_000_000;
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    /**
     * What {@link #applyTo} did.
     *
     * @param granted how many rights were not there yet
     * @param withdrawn how many were there and should not be
     */
    public record Changes(int granted, int withdrawn) {}

    public Rights {
        all = Collections.unmodifiableSortedSet(new TreeSet<>(all));
    }

    public Rights(Collection<Right> all) {
        this(new TreeSet<>(all));
    }

    /**
     * @param text with a right a line; comments begin with {@code #}
     * @throws IllegalArgumentException if it says something else
     */
    public static Rights parse(String text) {
        return new Rights(text.lines()
                .filter(Predicate.not(String::isBlank))
                .filter(line -> !line.startsWith(COMMENT))
                .map(Right::parse)
                .toList());
    }

    /** Reads a file. */
    public static Rights in(Path file) throws IOException {
        return parse(Files.readString(file));
    }

    /** As {@link #parse} reads it. */
    public String toText() {
        return all.stream().map(right -> right + "\n").collect(Collectors.joining());
    }

    /**
     * Makes a cluster go by these rights and by no others: those that are missing are granted with one request, and then all
     * that should not be there are withdrawn with another. Returns when the broker that is asked goes by them. Done again, it
     * changes nothing.
     *
     * @throws ExecutionException if the brokers refuse it, or can't be reached in the client's time
     * @throws TimeoutException if the broker does not come to know of it
     */
    public Changes applyTo(Admin admin) throws ExecutionException, InterruptedException, TimeoutException {
        Set<AclBinding> wanted = all.stream().map(Right::toBinding).collect(Collectors.toUnmodifiableSet());
        Set<AclBinding> found = rightsOf(admin);
        Set<AclBinding> missing = without(wanted, found);
        Set<AclBinding> tooMany = without(found, wanted);
        if (!missing.isEmpty()) {
            admin.createAcls(missing).all().get();
        }
        if (!tooMany.isEmpty()) {
            admin.deleteAcls(tooMany.stream().map(AclBinding::toFilter).toList())
                    .all()
                    .get();
        }
        // The controller has noted it; the broker hears of it a moment later.
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (!rightsOf(admin).equals(wanted)) {
            if (System.nanoTime() - until > 0) {
                throw new TimeoutException("The broker does not go by its new rights yet: try again.");
            }
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
        return new Changes(missing.size(), tooMany.size());
    }

    private static Set<AclBinding> rightsOf(Admin admin) throws ExecutionException, InterruptedException {
        return new HashSet<>(admin.describeAcls(AclBindingFilter.ANY).values().get());
    }

    private static Set<AclBinding> without(Set<AclBinding> all, Set<AclBinding> others) {
        return all.stream().filter(Predicate.not(others::contains)).collect(Collectors.toUnmodifiableSet());
    }
}
