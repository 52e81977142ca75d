package io.tidings.events;

import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What lifts every older version of one message, step by step, to the newest. */
public final class Upcasters {

    private final String name;
    private final int newest;
    private final List<Upcaster> steps;

    private Upcasters(String name, int newest, List<Upcaster> steps) {
        this.name = name;
        this.newest = newest;
        this.steps = steps;
    }

    /**
     * The upcasters that a class of messages names.
     *
     * @throws IllegalArgumentException if they don't make a chain that ends at the version of the class
     */
    public static Upcasters of(Class<?> messageClass) {
        MessageType type = MessageType.of(messageClass);
        Map<Integer, Upcaster> steps = new TreeMap<>();
        for (Class<? extends Upcaster> upcasterClass : namedBy(messageClass)) {
            Upcaster upcaster = create(upcasterClass);
            Upcaster other = steps.put(upcaster.from(), upcaster);
            if (other != null) {
                throw new IllegalArgumentException("%s and %s both lift version %d of %s: keep one of them."
                        .formatted(other.getClass().getName(), upcasterClass.getName(), upcaster.from(), type.name()));
            }
        }
        int oldest = type.version() - steps.size();
        if (oldest < 1 || !IntStream.range(oldest, type.version()).allMatch(steps::containsKey)) {
            throw new IllegalArgumentException(
                    "The upcasters of %s lift versions %s: they must lift each one up to %d, to reach version %d."
                            .formatted(type.name(), steps.keySet(), type.version() - 1, type.version()));
        }
        return new Upcasters(type.name(), type.version(), List.copyOf(steps.values()));
    }

    private static Class<? extends Upcaster>[] namedBy(Class<?> messageClass) {
        EventType event = messageClass.getAnnotation(EventType.class);
        return event != null
                ? event.upcasters()
                : messageClass.getAnnotation(CommandType.class).upcasters();
    }

    private static Upcaster create(Class<? extends Upcaster> upcasterClass) {
        try {
            Constructor<? extends Upcaster> constructor = upcasterClass.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException unfit) {
            throw new IllegalArgumentException(
                    "%s can't be made: an upcaster needs a constructor without parameters."
                            .formatted(upcasterClass.getName()),
                    unfit);
        }
    }

    /** The oldest version that reaches the newest. */
    public int oldest() {
        return newest - steps.size();
    }

    /** The version that everything reaches. */
    public int newest() {
        return newest;
    }

    /**
     * The message in the newest version.
     *
     * @param message a JSON object as maps, lists, strings, numbers, booleans and nulls; it may be changed
     * @throws IllegalArgumentException if nothing lifts that version, or it is newer than the newest; the message says
     *     what to do
     */
    public Map<String, @Nullable Object> lift(Map<String, @Nullable Object> message, int version) {
        requireKnown(version);
        Map<String, @Nullable Object> lifted = message;
        for (Upcaster step : steps.subList(version - oldest(), steps.size())) {
            lifted = step.upcast(lifted);
        }
        return lifted;
    }

    /** @throws IllegalArgumentException as {@link #lift} does */
    public void requireKnown(int version) {
        if (version > newest) {
            throw new IllegalArgumentException(
                    "%s came in version %d, and this service knows it up to version %d: deploy the service with version %d, and redrive it."
                            .formatted(name, version, newest, version));
        }
        if (version < oldest()) {
            throw new IllegalArgumentException(
                    "%s came in version %d, and this service reads versions %d to %d: add an upcaster for version %d."
                            .formatted(name, version, oldest(), newest, version));
        }
    }
}
