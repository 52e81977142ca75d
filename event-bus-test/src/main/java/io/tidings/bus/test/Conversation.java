package io.tidings.bus.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.tidings.bus.message.MessageCodec;
import io.tidings.bus.outbox.Outbox;
import io.tidings.bus.publishing.Publications;
import io.tidings.events.Message;
import io.tidings.events.MessageType;
import io.tidings.infrastructure.test.CloudEvent;
import io.tidings.infrastructure.test.Topic;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.TestComponent;

/**
 * What a test tells a service in the name of others, and what it hears from it: real records on a real broker. A test has
 * it by {@code @Import(Conversation.class)}; the service runs on {@code Infrastructure.shared()}.
 */
@TestComponent
public class Conversation {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String service;
    private final Outbox outbox;
    private final Publications publications;
    private final MessageCodec codec = new MessageCodec();

    protected Conversation(
            @Value("${spring.application.name}") String service, Outbox outbox, Publications publications) {
        this.service = service;
        this.outbox = outbox;
        this.publications = publications;
    }

    /** Puts messages on their topics, those of a topic in this order, and returns when the service has handled them. */
    public void tell(Message... messages) {
        Map<Topic, List<CloudEvent>> byTopic = byTopic(messages);
        send(byTopic);
        awaitHandled(byTopic);
    }

    /** As {@link #tell}, but each message comes again with the same id: right behind itself, and when it was handled. */
    public void tellTwice(Message... messages) {
        Map<Topic, List<CloudEvent>> byTopic = byTopic(messages);
        send(byTopic);
        send(byTopic);
        awaitHandled(byTopic);
        send(byTopic);
        awaitHandled(byTopic);
    }

    private Map<Topic, List<CloudEvent>> byTopic(Message... messages) {
        return Stream.of(messages)
                .collect(Collectors.groupingBy(
                        message -> new Topic(typeOf(message).topic()),
                        LinkedHashMap::new,
                        Collectors.mapping(this::seal, Collectors.toList())));
    }

    private static void send(Map<Topic, List<CloudEvent>> byTopic) {
        byTopic.forEach((topic, events) -> topic.send(events.toArray(CloudEvent[]::new)));
    }

    private void awaitHandled(Map<Topic, List<CloudEvent>> byTopic) {
        byTopic.keySet().forEach(topic -> topic.awaitReadBy(service));
    }

    private CloudEvent seal(Message message) {
        return CloudEvent.of(
                "io.tidings." + nameOf(typeOf(message)), message.key(), new String(codec.write(message), UTF_8));
    }

    /** All that the service has told of a key, up to now, in its order. */
    public <M extends Message> List<M> told(String topic, Object key) {
        return wire(topic, key).stream().map(this::<M>open).toList();
    }

    /** All that the service has told on a topic whose keys are ids, up to now; that of an id in its order. */
    public <M extends Message> Map<UUID, List<M>> toldById(String topic) {
        awaitAllSent();
        return new Topic(topic)
                .events().stream()
                        .collect(Collectors.groupingBy(
                                told -> UUID.fromString(told.key()),
                                Collectors.mapping(this::<M>open, Collectors.toList())));
    }

    /** As {@link #told}, as it lies on the topic. */
    public List<CloudEvent> wire(String topic, Object key) {
        awaitAllSent();
        return new Topic(topic).eventsOf(key);
    }

    /** What the service could not handle, up to now. */
    public List<CloudEvent> deadLetters() {
        awaitAllSent();
        return new Topic(service + ".dlt").events();
    }

    /** The message, which must be one that the service states to publish. */
    @SuppressWarnings("unchecked")
    protected <M extends Message> M open(CloudEvent told) {
        Class<? extends Message> messageClass = publications.stated().stream()
                .filter(stated -> nameOf(MessageType.of(stated)).equals(told.type()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("%s does not state that it publishes %s, and it is on its topic."
                        .formatted(service, told.type())));
        return (M) codec.read(told.data().getBytes(UTF_8), messageClass);
    }

    /** Returns when all that the service has published is on its topics. */
    public void awaitAllSent() {
        await("%s to send what it has published".formatted(service))
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> outbox.count(1) == 0);
    }

    private static MessageType typeOf(Message message) {
        return MessageType.of(message.getClass());
    }

    private static String nameOf(MessageType type) {
        return "%s.v%d".formatted(type.name(), type.version());
    }
}
