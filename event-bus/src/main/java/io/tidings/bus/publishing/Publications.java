package io.tidings.bus.publishing;

import io.tidings.bus.Publishes;
import io.tidings.events.Message;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;

/** What a service states that it publishes; see {@link Publishes}. */
public final class Publications {

    private final String service;
    private final ListableBeanFactory beans;
    private volatile @Nullable Set<Class<? extends Message>> stated;

    public Publications(String service, ListableBeanFactory beans) {
        this.service = service;
        this.beans = beans;
    }

    /** All that is stated; none if nothing is, and anything may be published. */
    public Set<Class<? extends Message>> stated() {
        Set<Class<? extends Message>> known = stated;
        if (known == null) {
            known = Stream.of(beans.getBeanNamesForAnnotation(Publishes.class))
                    .map(bean -> Optional.ofNullable(beans.findAnnotationOnBean(bean, Publishes.class)))
                    .flatMap(Optional::stream)
                    .map(Publishes::value)
                    .map(Arrays::asList)
                    .flatMap(Collection::stream)
                    .collect(Collectors.toUnmodifiableSet());
            stated = known;
        }
        return Objects.requireNonNull(known);
    }

    /** @throws IllegalArgumentException if the service states what it publishes, and not this */
    void require(Message message) {
        if (!stated().isEmpty() && !stated().contains(message.getClass())) {
            throw new IllegalArgumentException(
                    "%s publishes %s and does not say so: add it to @Publishes on the class of the application, from which its AsyncAPI document is made."
                            .formatted(service, message.getClass().getSimpleName()));
        }
    }
}
