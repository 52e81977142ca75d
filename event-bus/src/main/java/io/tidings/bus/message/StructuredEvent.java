package io.tidings.bus.message;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event that came in structured mode, attributes and data in one JSON object, as the <a
 * href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md">JSON format of CloudEvents</a>
 * writes it.
 *
 * @param headers that its attributes would be in binary mode
 * @param data as it would be the value then
 */
record StructuredEvent(Map<String, String> headers, byte[] data) {

    private static final String MEDIA_TYPE = "application/cloudevents+json";
    private static final byte[] NOTHING = {};

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /** The event in a record; none if the record does not say that it is in this mode, or is not. */
    static Optional<StructuredEvent> in(String contentType, byte[] value) {
        if (!contentType.regionMatches(true, 0, MEDIA_TYPE, 0, MEDIA_TYPE.length())) {
            return Optional.empty();
        }
        try {
            JsonNode event = MAPPER.readTree(value);
            return event.isObject() ? Optional.of(of(event)) : Optional.empty();
        } catch (JacksonException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private static StructuredEvent of(JsonNode event) {
        Map<String, String> headers = new HashMap<>();
        event.properties().stream()
                .filter(attribute -> attribute.getValue().isValueNode()
                        && !attribute.getValue().isNull()
                        && !attribute.getKey().startsWith("data_")
                        && !attribute.getKey().equals("data"))
                .forEach(attribute -> headers.put(
                        CloudEventHeaders.headerOf(attribute.getKey()),
                        attribute.getValue().asString()));
        return new StructuredEvent(headers, dataOf(event));
    }

    private static byte[] dataOf(JsonNode event) {
        if (event.has("data_base64")) {
            return Base64.getDecoder().decode(event.get("data_base64").asString());
        }
        return event.hasNonNull("data") ? event.get("data").toString().getBytes(StandardCharsets.UTF_8) : NOTHING;
    }
}
