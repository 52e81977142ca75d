package io.tidings.bus.asyncapi;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the headers of every message hold. */
final class CloudEventSchema {

    private CloudEventSchema() {}

    static JsonNode ofHeaders() {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.put("type", "object");
        schema.put("description", "The attributes of a CloudEvent 1.0 in Kafka's binary mode.");
        ObjectNode headers = schema.putObject("properties");
        header(headers, "ce_specversion", "1.0").put("const", "1.0");
        header(headers, "ce_id", "of this very message, the same each time it is delivered");
        header(headers, "ce_source", "the service that told it, such as /order-service");
        header(headers, "ce_type", "the type with its version, such as io.tidings.OrderPlaced.v2");
        header(headers, "ce_subject", "what it is about: the record's key");
        header(headers, "ce_time", "when it was published").put("format", "date-time");
        header(headers, "ce_dataschema", "a name of its schema, such as urn:io.tidings:schemas:OrderPlaced:v2");
        header(headers, "ce_correlationid", "the flow that it belongs to");
        header(headers, "ce_causationid", "the id of the message that caused it; absent if a request did");
        header(headers, "content-type", "of the record's value").put("const", "application/json");
        header(headers, "traceparent", "its place in a trace, as W3C Trace Context writes it");
        schema.putArray("required")
                .add("ce_specversion")
                .add("ce_id")
                .add("ce_source")
                .add("ce_type")
                .add("ce_subject")
                .add("ce_time")
                .add("ce_correlationid")
                .add("content-type");
        return schema;
    }

    private static ObjectNode header(ObjectNode headers, String name, String description) {
        return headers.putObject(name).put("type", "string").put("description", description);
    }
}
