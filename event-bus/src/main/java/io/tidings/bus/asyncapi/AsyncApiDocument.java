package io.tidings.bus.asyncapi;

import io.tidings.bus.MessageRecorder;
import io.tidings.bus.handling.HandlerRegistry;
import io.tidings.bus.message.ReplayedMessage;
import io.tidings.bus.message.TypeName;
import io.tidings.bus.publishing.DeadLetter;
import io.tidings.bus.publishing.Publications;
import io.tidings.events.MessageType;
import io.tidings.events.Upcasters;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a service publishes and handles, as an <a href="https://www.asyncapi.com/docs/reference/specification/v3.0.0">AsyncAPI
 * 3.0</a> document. It is made of what the bus goes by: the handlers that it found, and the messages that it lets through.
 */
public final class AsyncApiDocument {

    private final String service;
    private final String namespace;
    private final HandlerRegistry handlers;
    private final Publications publications;
    private final List<MessageRecorder> recorders;
    private final boolean canBeRebuilt;
    private final Contracts contracts = new Contracts();

    /** @param canBeRebuilt whether the service listens to replays */
    public AsyncApiDocument(
            String service,
            String namespace,
            HandlerRegistry handlers,
            Publications publications,
            List<MessageRecorder> recorders,
            boolean canBeRebuilt) {
        this.service = service;
        this.namespace = namespace;
        this.handlers = handlers;
        this.publications = publications;
        this.recorders = List.copyOf(recorders);
        this.canBeRebuilt = canBeRebuilt;
    }

    /** One version of a message. */
    private record Version(MessageType type, int version) {

        static Version newest(Class<?> messageClass) {
            MessageType type = MessageType.of(messageClass);
            return new Version(type, type.version());
        }

        /** All that a handler of the class can be given: older ones are lifted. */
        static Stream<Version> handled(Class<?> messageClass) {
            MessageType type = MessageType.of(messageClass);
            return IntStream.rangeClosed(Upcasters.of(messageClass).oldest(), type.version())
                    .mapToObj(version -> new Version(type, version));
        }

        String id() {
            return "%s.v%d".formatted(type.name(), version);
        }
    }

    /** The document; the same for the same service, whenever it is asked for. */
    public JsonNode toJson() {
        Map<String, Map<String, Version>> sent =
                byTopic(publications.stated().stream().map(Version::newest));
        Map<String, Map<String, Version>> received =
                byTopic(handlers.handledMessages().stream().flatMap(Version::handled));
        Set<String> recorded = new TreeSet<>();
        recorders.forEach(recorder -> recorded.addAll(recorder.topics()));

        ObjectNode document = object();
        document.put("asyncapi", "3.0.0");
        document.putObject("info")
                .put("title", service)
                .put("version", "1.0.0")
                .put("description", "What %s tells others, and what it listens to.".formatted(service));
        document.put("defaultContentType", "application/json");

        ObjectNode channels = document.putObject("channels");
        ObjectNode operations = document.putObject("operations");
        ObjectNode components = document.putObject("components");
        ObjectNode messages = components.putObject("messages");
        ObjectNode schemas = components.putObject("schemas");

        Set<String> topics = new TreeSet<>(sent.keySet());
        topics.addAll(received.keySet());
        topics.addAll(recorded);
        for (String topic : topics) {
            Map<String, Version> here = new TreeMap<>(sent.getOrDefault(topic, Map.of()));
            here.putAll(received.getOrDefault(topic, Map.of()));
            channels.set(topic, channel(topic, here.values()));
            here.values().forEach(version -> {
                messages.set(version.id(), message(version));
                schemas.set(version.id(), contracts.schema(version.type().name(), version.version()));
            });
            if (sent.containsKey(topic)) {
                operations.set(
                        "%s.sends.%s".formatted(service, topic),
                        operation("send", topic, sent.get(topic).keySet()));
            }
            if (recorded.contains(topic)) {
                operations.set("%s.receives.%s".formatted(service, topic), recording(topic));
            } else if (received.containsKey(topic)) {
                operations.set(
                        "%s.receives.%s".formatted(service, topic),
                        operation("receive", topic, received.get(topic).keySet()));
            }
        }
        if (!received.isEmpty()) {
            addDeadLetters(channels, operations);
        }
        if (canBeRebuilt) {
            addReplays(channels, operations, received);
        }
        if (!messages.isEmpty()) {
            schemas.set("CloudEvent", CloudEventSchema.ofHeaders());
        }
        return document;
    }

    private static Map<String, Map<String, Version>> byTopic(Stream<Version> versions) {
        Map<String, Map<String, Version>> byTopic = new TreeMap<>();
        versions.forEach(version -> byTopic.computeIfAbsent(version.type().topic(), topic -> new TreeMap<>())
                .put(version.id(), version));
        return byTopic;
    }

    private static ObjectNode channel(String topic, Collection<Version> versions) {
        ObjectNode channel = object();
        channel.put("address", topic);
        ObjectNode messages = object();
        versions.forEach(version -> messages.set(version.id(), reference("components/messages/" + version.id())));
        if (!messages.isEmpty()) {
            channel.set("messages", messages);
        }
        channel.putObject("bindings").putObject("kafka").put("topic", topic);
        return channel;
    }

    private ObjectNode operation(String action, String topic, Set<String> messages) {
        ObjectNode operation = object();
        operation.put("action", action);
        operation.set("channel", reference("channels/" + topic));
        operation.putArray("tags").addObject().put("name", service);
        var references = operation.putArray("messages");
        messages.forEach(message -> references.add(reference("channels/%s/messages/%s".formatted(topic, message))));
        return operation;
    }

    private ObjectNode recording(String topic) {
        ObjectNode operation = object();
        operation.put("action", "receive");
        operation.set("channel", reference("channels/" + topic));
        operation.put("summary", "Keeps whatever comes, as it comes.");
        operation.putArray("tags").addObject().put("name", service);
        return operation;
    }

    private void addDeadLetters(ObjectNode channels, ObjectNode operations) {
        String topic = DeadLetter.topicOf(service);
        ObjectNode channel = channels.withObjectProperty(topic);
        channel.put("address", topic);
        channel.put(
                "description",
                "Messages of any type that %s could not handle, with the reason in their headers.".formatted(service));
        channel.withObjectProperty("bindings").putObject("kafka").put("topic", topic);
        ObjectNode operation = object();
        operation.put("action", "send");
        operation.set("channel", reference("channels/" + topic));
        operation.putArray("tags").addObject().put("name", service);
        operations.set("%s.sends.%s".formatted(service, topic), operation);
    }

    private void addReplays(ObjectNode channels, ObjectNode operations, Map<String, Map<String, Version>> received) {
        String topic = ReplayedMessage.topicOf(service);
        Map<String, Version> all = new TreeMap<>();
        received.values().forEach(all::putAll);
        ObjectNode channel = channel(topic, all.values());
        channel.put(
                "description",
                "Messages of the past, told to %s again to make its projection anew. The header replay names the replay, and replaystep tells where in it a message stands."
                        .formatted(service));
        channels.set(topic, channel);
        operations.set("%s.receives.%s".formatted(service, topic), operation("receive", topic, all.keySet()));
    }

    private ObjectNode message(Version version) {
        ObjectNode message = object();
        message.put("name", new TypeName(namespace, version.type().name(), version.version()).toString());
        message.put("title", "%s, version %d".formatted(version.type().name(), version.version()));
        contracts
                .meaning(version.type().name(), version.version())
                .ifPresent(meaning -> message.put("summary", meaning));
        message.put("contentType", "application/json");
        message.set("headers", reference("components/schemas/CloudEvent"));
        message.set("payload", reference("components/schemas/" + version.id()));
        message.putObject("correlationId")
                .put("description", "The flow that the message belongs to.")
                .put("location", "$message.header#/ce_correlationid");
        message.putObject("bindings")
                .putObject("kafka")
                .putObject("key")
                .put("type", "string")
                .put("description", "What the message is about; also its ce_subject.");
        contracts
                .sample(version.type().name(), version.version())
                .ifPresent(sample -> message.putArray("examples").addObject().set("payload", sample));
        return message;
    }

    private static ObjectNode reference(String to) {
        return object().put("$ref", "#/" + to);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
