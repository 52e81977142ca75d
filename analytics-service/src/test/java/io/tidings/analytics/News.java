package io.tidings.analytics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidings.bus.message.MessageCodec;
import io.tidings.events.Event;
import io.tidings.events.MessageType;
import io.tidings.infrastructure.test.CloudEvent;
import io.tidings.infrastructure.test.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What other services tell at certain times: real records on a real broker. */
public final class News {

    private static final MessageCodec CODEC = new MessageCodec();

    private final Map<Topic, List<CloudEvent>> news = new LinkedHashMap<>();

    /** An event that happened at a time. */
    public News at(Instant time, Event event) {
        return on(MessageType.of(event.getClass()).topic(), time, event);
    }

    /** A copy of an event on some topic, such as one for dead letters. */
    public News on(String topic, Instant time, Event event) {
        MessageType type = MessageType.of(event.getClass());
        news.computeIfAbsent(new Topic(topic), first -> new ArrayList<>())
                .add(new CloudEvent(
                        event.key(),
                        Map.of(
                                "ce_specversion", "1.0",
                                "ce_id", UUID.randomUUID().toString(),
                                "ce_source", "/someone-else",
                                "ce_type", "io.tidings.%s.v%d".formatted(type.name(), type.version()),
                                "ce_subject", event.key(),
                                "ce_time", time.toString()),
                        new String(CODEC.write(event), UTF_8)));
        return this;
    }

    /** Tells all, and returns when it is counted. May be told again: the messages keep their ids. */
    public void tell() {
        news.forEach((topic, events) -> topic.send(events.toArray(CloudEvent[]::new)));
        news.keySet().forEach(topic -> topic.awaitReadBy("analytics-service"));
    }
}
