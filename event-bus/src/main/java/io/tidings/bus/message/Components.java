package io.tidings.bus.message;

import io.tidings.events.Default;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What the components of a record, and of the records in it, must be: there, unless they are marked otherwise. */
final class Components {

    private final JsonMapper mapper;
    private final Map<Class<?>, List<Component>> componentsByRecord = new ConcurrentHashMap<>();

    Components(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * One component.
     *
     * @param mayBeMissing whether it is marked so
     * @param elementsMayBeNull if it is a list or a map, whether what is in it is marked so
     * @param nested the record that it is, or that is in the list or map that it is
     */
    private record Component(
            RecordComponent declared,
            boolean mayBeMissing,
            boolean elementsMayBeNull,
            Optional<Class<?>> nested,
            Optional<Object> defaultValue) {

        String name() {
            return declared.getName();
        }

        @Nullable
        Object of(Object record) {
            try {
                return declared.getAccessor().invoke(record);
            } catch (IllegalAccessException | InvocationTargetException impossible) {
                throw new IllegalStateException("A record's own accessor can always be called.", impossible);
            }
        }
    }

    /** The path of the first component that must be there and is not, such as {@code lines[0].unitPrice}. */
    Optional<String> firstMissing(Object record) {
        return Optional.ofNullable(missingIn(record));
    }

    /** Paths are put together on the way back: mostly nothing is missing. */
    private @Nullable String missingIn(Object record) {
        for (Component component : of(record.getClass())) {
            if (component.declared().getType().isPrimitive()) {
                continue;
            }
            Object value = component.of(record);
            if (value == null && !component.mayBeMissing()) {
                return component.name();
            }
            String missing = value == null ? null : missingInValue(value, component.elementsMayBeNull());
            if (missing != null) {
                return component.name() + missing;
            }
        }
        return null;
    }

    /** What follows the name of the value, such as {@code [0].unitPrice}. */
    private @Nullable String missingInValue(Object value, boolean elementsMayBeNull) {
        if (value instanceof Record nested) {
            String missing = missingIn(nested);
            return missing == null ? null : "." + missing;
        }
        Collection<?> elements =
                value instanceof Collection<?> list ? list : value instanceof Map<?, ?> map ? map.values() : List.of();
        int index = 0;
        for (Object element : elements) {
            if (element == null && !elementsMayBeNull) {
                return "[%d]".formatted(index);
            }
            String missing = element == null ? null : missingInValue(element, elementsMayBeNull);
            if (missing != null) {
                return "[%d]%s".formatted(index, missing);
            }
            index++;
        }
        return null;
    }

    /** Whether a component of the record, or of one in it, has a {@link Default}. */
    boolean haveDefaults(Class<?> record) {
        return of(record).stream()
                .anyMatch(component -> component.defaultValue().isPresent()
                        || component.nested().filter(this::haveDefaults).isPresent());
    }

    /** The JSON object with what its record says of components that it lacks. */
    Map<String, @Nullable Object> withDefaults(Map<String, @Nullable Object> json, Class<?> record) {
        if (!haveDefaults(record)) {
            return json;
        }
        Map<String, @Nullable Object> completed = new LinkedHashMap<>(json);
        for (Component component : of(record)) {
            Object value = completed.get(component.name());
            if (value == null) {
                component.defaultValue().ifPresent(given -> completed.put(component.name(), given));
            } else {
                component.nested().ifPresent(nested -> completed.put(component.name(), completed(value, nested)));
            }
        }
        return completed;
    }

    /** @param value an object, or a list of objects */
    @SuppressWarnings("unchecked") // an object of JSON has texts for keys
    private @Nullable Object completed(@Nullable Object value, Class<?> record) {
        return switch (value) {
            case Map<?, ?> object -> withDefaults((Map<String, @Nullable Object>) object, record);
            case List<?> list ->
                list.stream().map(element -> completed(element, record)).toList();
            case null, default -> value;
        };
    }

    private List<Component> of(Class<?> record) {
        return componentsByRecord.computeIfAbsent(record, this::read);
    }

    private List<Component> read(Class<?> record) {
        RecordComponent @Nullable [] declared = record.getRecordComponents();
        return Stream.of(Objects.requireNonNullElse(declared, new RecordComponent[0]))
                .peek(component -> component.getAccessor().setAccessible(true))
                .map(component -> new Component(
                        component,
                        isNullable(component.getAnnotatedType()),
                        elementOf(component).filter(Components::isNullable).isPresent(),
                        nestedIn(component),
                        Optional.ofNullable(component.getAnnotation(Default.class))
                                .map(given -> mapper.readValue(given.value(), Object.class))))
                .toList();
    }

    private static Optional<Class<?>> nestedIn(RecordComponent component) {
        Object type = elementOf(component).<Object>map(AnnotatedType::getType).orElse(component.getType());
        return type instanceof Class<?> nested && nested.isRecord() ? Optional.of(nested) : Optional.empty();
    }

    /** What a list holds, or a map by its keys. */
    private static Optional<AnnotatedType> elementOf(RecordComponent component) {
        if (component.getAnnotatedType() instanceof AnnotatedParameterizedType container) {
            AnnotatedType[] arguments = container.getAnnotatedActualTypeArguments();
            return Optional.of(arguments[arguments.length - 1]);
        }
        return Optional.empty();
    }

    private static boolean isNullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }
}
