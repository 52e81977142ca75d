package io.tidings.allinone;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** What all services tell of their messages, as one document. */
record AsyncApi(JsonNode document) {

    private static final String HEAD = """
            # Made by ./tidings docs of what each running service tells at /asyncapi.json: change the services, not this file.
            """;

    /** Of the documents of the services, by their names. */
    static AsyncApi merged(Map<String, JsonNode> ofServices) {
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        merged.put("asyncapi", "3.0.0");
        merged.putObject("info")
                .put("title", "Tidings")
                .put("version", "1.0.0")
                .put(
                        "description",
                        "Who tells whom what in the shop. Messages are CloudEvents in Kafka's binary mode.");
        merged.putObject("servers")
                .putObject("kafka")
                .put("host", "localhost:9092")
                .put("protocol", "kafka")
                .put("description", "Where ./tidings up and docker compose up have it.");
        merged.put("defaultContentType", "application/json");
        for (String part : List.of("channels", "operations")) {
            merged.set(part, union(ofServices, part));
        }
        ObjectNode components = merged.putObject("components");
        for (String part : List.of("messages", "schemas")) {
            components.set(part, union(ofServices, "components", part));
        }
        return new AsyncApi(merged);
    }

    private static JsonNode union(Map<String, JsonNode> ofServices, String... path) {
        Map<String, JsonNode> all = new TreeMap<>();
        ofServices.forEach((service, document) -> {
            JsonNode part = document;
            for (String name : path) {
                part = part.path(name);
            }
            part.forEachEntry((name, value) -> all.merge(name, value, (one, other) -> together(name, one, other)));
        });
        ObjectNode sorted = JsonNodeFactory.instance.objectNode();
        sorted.setAll(all);
        return sorted;
    }

    /** Of a channel each service names the messages that it has to do with; all else must be the same. */
    private static JsonNode together(String name, JsonNode one, JsonNode other) {
        Map<String, JsonNode> messages = new TreeMap<>();
        List.of(one, other).forEach(channel -> channel.path("messages").forEachEntry(messages::put));
        ObjectNode both = (ObjectNode) one.deepCopy();
        ((ObjectNode) other).forEachEntry(both::putIfAbsent);
        if (!messages.isEmpty()) {
            both.putObject("messages").setAll(messages);
        }
        ObjectNode otherWithAll = (ObjectNode) other.deepCopy();
        both.forEachEntry(otherWithAll::putIfAbsent);
        if (!messages.isEmpty()) {
            otherWithAll.putObject("messages").setAll(messages);
        }
        if (!both.equals(otherWithAll)) {
            throw new IllegalStateException(
                    "Two services tell differently of %s: %s and %s.".formatted(name, one, other));
        }
        return both;
    }

    String toYaml() {
        YAMLMapper mapper = YAMLMapper.builder()
                .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER, YAMLWriteFeature.SPLIT_LINES)
                .enable(YAMLWriteFeature.MINIMIZE_QUOTES, YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                .build();
        return HEAD + mapper.writeValueAsString(document);
    }

    /** Who sends a message, by the message's name with its version. */
    Map<String, TreeSet<String>> senders() {
        return services("send");
    }

    /** Who handles a message, by the message's name with its version. */
    Map<String, TreeSet<String>> receivers() {
        return services("receive");
    }

    private Map<String, TreeSet<String>> services(String action) {
        Map<String, TreeSet<String>> services = new LinkedHashMap<>();
        document.path("operations").forEach(operation -> {
            if (operation.path("action").asString().equals(action)) {
                operation
                        .path("messages")
                        .forEach(message -> services.computeIfAbsent(last(message), name -> new TreeSet<>())
                                .add(serviceOf(operation)));
            }
        });
        return services;
    }

    /** Who keeps all that is told on a topic. */
    TreeSet<String> recorders(String topic) {
        TreeSet<String> recorders = new TreeSet<>();
        document.path("operations").forEach(operation -> {
            if (operation.path("action").asString().equals("receive")
                    && operation.path("messages").isMissingNode()
                    && last(operation.path("channel")).equals(topic)) {
                recorders.add(serviceOf(operation));
            }
        });
        return recorders;
    }

    /** The topics on which a service tells. */
    TreeSet<String> toldBy(String service) {
        return topics("send", service);
    }

    /** The topics on which a service hears. */
    TreeSet<String> heardBy(String service) {
        return topics("receive", service);
    }

    private TreeSet<String> topics(String action, String service) {
        TreeSet<String> topics = new TreeSet<>();
        document.path("operations").forEach(operation -> {
            if (operation.path("action").asString().equals(action)
                    && serviceOf(operation).equals(service)) {
                String channel = last(operation.path("channel"));
                topics.add(
                        document.path("channels").path(channel).path("address").asString());
            }
        });
        return topics;
    }

    /** What each service does, a line each. */
    String inShort() {
        StringBuilder lines = new StringBuilder();
        Service.BEHIND_THE_GATEWAY.forEach(service -> {
            lines.append(service).append('\n');
            line(lines, "sends", service, senders());
            line(lines, "receives", service, receivers());
            TreeSet<String> kept = new TreeSet<>(document.path("channels").propertyNames());
            kept.removeIf(topic -> !recorders(topic).contains(service.name()));
            if (!kept.isEmpty()) {
                lines.append("    keeps ").append(String.join(", ", kept)).append('\n');
            }
        });
        return lines.toString();
    }

    private static void line(StringBuilder lines, String verb, Service service, Map<String, TreeSet<String>> services) {
        List<String> messages = services.entrySet().stream()
                .filter(entry -> entry.getValue().contains(service.name()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        if (!messages.isEmpty()) {
            lines.append("    ")
                    .append(verb)
                    .append(' ')
                    .append(String.join(", ", messages))
                    .append('\n');
        }
    }

    private static String serviceOf(JsonNode operation) {
        return operation.path("tags").path(0).path("name").asString();
    }

    private static String last(JsonNode reference) {
        String target = reference.path("$ref").asString();
        return target.substring(target.lastIndexOf('/') + 1);
    }
}
