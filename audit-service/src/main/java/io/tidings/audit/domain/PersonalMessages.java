package io.tidings.audit.domain;

import io.tidings.events.Message;
import io.tidings.events.MessageType;
import io.tidings.events.PersonalData;
import io.tidings.events.Topics;
import io.tidings.events.user.UserErased;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;

/** Seals what messages say of persons when it is recorded, and opens it for readers until the person is erased. */
@Component
class PersonalMessages {

    private static final String ERASURE = MessageType.of(UserErased.class).name();

    private final Set<String> names = namesOfPersonal();
    private final PersonKeys keys;

    PersonalMessages(PersonKeys keys) {
        this.keys = keys;
    }

    /** By their annotation, so that none is forgotten. */
    private static Set<String> namesOfPersonal() {
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(PersonalData.class));
        return scanner.findCandidateComponents(PersonalData.class.getPackageName()).stream()
                .map(BeanDefinition::getBeanClassName)
                .map(name -> ClassUtils.resolveClassName(name, PersonalMessages.class.getClassLoader())
                        .asSubclass(Message.class))
                .map(type -> MessageType.of(type).name())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The messages as they are to be recorded, in their order. Whom an erasure among them is about is erased. */
    List<AuditEvent> seal(List<AuditEvent> events) {
        Map<String, SecretKey> sealingKeys =
                keys.toSealFor(personsIn(events.stream().filter(this::isPersonal)));
        List<AuditEvent> sealed = events.stream()
                .map(event -> isPersonal(event) ? sealed(event, sealingKeys) : event)
                .toList();
        keys.erase(personsIn(events.stream().filter(PersonalMessages::isErasure)));
        return sealed;
    }

    private static AuditEvent sealed(AuditEvent event, Map<String, SecretKey> sealingKeys) {
        SecretKey key = Objects.requireNonNull(sealingKeys.get(event.key()));
        return event.with(
                Remarks.close(event.annotations(), key, event.eventId()),
                Seal.close(event.payload(), key, event.eventId()));
    }

    /** The messages as they were told; of those about persons who were erased, what is left. */
    List<AuditEvent> open(List<AuditEvent> recorded) {
        Map<String, SecretKey> openingKeys =
                keys.toOpen(personsIn(recorded.stream().filter(event -> Seal.isOn(event.payload()))));
        return recorded.stream()
                .map(event -> Seal.isOn(event.payload()) ? opened(event, openingKeys.get(event.key())) : event)
                .toList();
    }

    private static AuditEvent opened(AuditEvent event, @Nullable SecretKey key) {
        return Optional.ofNullable(key)
                .flatMap(known -> Seal.open(event.payload(), known, event.eventId())
                        .map(payload -> event.with(Remarks.open(event.annotations(), known, event.eventId()), payload)))
                .orElseGet(() -> event.with(Remarks.leaveOut(event.annotations()), event.payload()));
    }

    private static Set<String> personsIn(Stream<AuditEvent> events) {
        return events.map(AuditEvent::key).collect(Collectors.toSet());
    }

    /** A dead letter's copy says what the message said. */
    private boolean isPersonal(AuditEvent event) {
        return names.contains(event.name());
    }

    private static boolean isErasure(AuditEvent event) {
        return event.name().equals(ERASURE) && event.topic().equals(Topics.USERS);
    }
}
