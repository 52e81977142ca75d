package io.tidings.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidings.bus.message.MessageCodec;
import io.tidings.events.Event;
import io.tidings.events.MessageType;
import io.tidings.infrastructure.test.CloudEvent;
import io.tidings.infrastructure.test.Topic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.test.context.TestComponent;

/** What other services tell search-service: real records on a real broker. */
@TestComponent
public class OtherServices {

    private final MessageCodec codec = new MessageCodec();

    /** Puts events on their topics in this order, and returns when search-service has handled them. */
    public void tell(Event... events) {
        tell(1, events);
    }

    /** As {@link #tell}, but each event comes again with the same id. */
    public void tellTwice(Event... events) {
        tell(2, events);
    }

    private void tell(int times, Event... events) {
        Map<Topic, List<CloudEvent>> byTopic = Stream.of(events)
                .collect(Collectors.groupingBy(
                        event -> new Topic(MessageType.of(event.getClass()).topic()),
                        LinkedHashMap::new,
                        Collectors.mapping(this::seal, Collectors.toList())));
        for (int time = 1; time <= times; time++) {
            byTopic.forEach((topic, messages) -> topic.send(messages.toArray(CloudEvent[]::new)));
        }
        byTopic.keySet().forEach(topic -> topic.awaitReadBy("search-service"));
    }

    private CloudEvent seal(Event event) {
        MessageType type = MessageType.of(event.getClass());
        return CloudEvent.of(
                "io.tidings.%s.v%d".formatted(type.name(), type.version()),
                event.key(),
                new String(codec.write(event), UTF_8));
    }
}
