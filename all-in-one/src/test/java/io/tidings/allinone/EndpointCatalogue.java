package io.tidings.allinone;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The page {@code docs/http/README.md}: what each service may be asked over HTTP, made of what it tells as OpenAPI. */
final class EndpointCatalogue {

    private static final String HEAD = """
            <!-- Made by ./tidings docs of what each running service tells at /openapi.json: change the services, not this file. -->

            # The HTTP API

            What the services may be asked. The same for machines: `GET /services/<service>/openapi.json`, such as
            [order-service's](http://localhost:8080/services/order-service/openapi.json) of a running shop. What services tell each
            other is in the [catalogue of messages](../events/README.md).

            Everything goes through the gateway at `http://localhost:8080`: what only one service has by its own path, such as
            `http://localhost:8080/orders`, and whatever a service has behind its name, such as
            `http://localhost:8080/services/order-service/dead-letters`. `GET /doors` lists which paths lead where. Nobody has to log
            in: see [who can reach what](../operations.md#who-can-reach-what).

            - **Errors**: every answer that is not in the tables is a problem detail
              ([RFC 9457](https://www.rfc-editor.org/rfc/rfc9457)), which names field and rule in `violations` if it is about fields.
              `400`: the request breaks a rule; `404`: it is not there or, with `Retry-After`, perhaps not heard of yet; `409`: not at
              this time; `410`: it is gone for good; `422`: well-formed, and can't be granted.
            - **Asking again** is safe under an `Idempotency-Key`, where the tables name one:
              [idempotent consumer](../patterns/idempotent-consumer.md).
            - **Flows**: each request may have an `X-Correlation-Id`, and each answer has one:
              [correlation](../patterns/correlation.md).
            - **Pages**: where there is a `cursor`, the answer has at most `limit` entries, and `next`, the cursor of the page after it;
              on the last page it is null.
            - **Too much at once**: `POST` is then refused by `503` with `Retry-After`, and nothing was done:
              [load shedding](../patterns/load-shedding.md). `503` comes too while the database is away, and from the gateway while a
              service is.
            - **What may be left out**: parameters and headers that are not `required`, and fields of a body that are `optional`.
            - **Money** is in the currency's smallest unit: `"minorUnits": 2500` in USD is $25.00.

            """;

    private static final String IN_EACH_SERVICE = """
            Under `/services/<service>`, such as `/services/order-service/dead-letters`: for operators, see
            [retries and dead letters](../patterns/retries-and-dead-letters.md).

            """;

    /** What OpenAPI leaves out, or has only with Kafka, which this page is made without. */
    private static final String BESIDES = """

            Besides, and not in `/openapi.json`, or only with Kafka:

            | endpoint | what it does |
            | --- | --- |
            | `GET /openapi.json`, `GET /asyncapi.json` | Tell what the service may be asked, and which messages it tells and handles. |
            | `GET /outbox/held` | Lists messages that Kafka refuses, the oldest first, in pages: [a key is held back](../operations.md#a-key-is-held-back). |
            | `GET /actuator/health`, `GET /actuator/prometheus` | Tell [what to watch](../operations.md#what-to-watch); the gateway has them too. |
            | `POST /test-door/messages`, `POST /test-door/deafness`, `DELETE /test-door/deafness` | Forge messages, and make the service deaf for a while, only where [`tidings.test-door.enabled`](../../event-bus/README.md#settings) is set. |
            """;

    /** What most texts are asked to be, and nobody wants to read. */
    private static final String NO_CONTROL_CHARACTERS = "[^\\p{Cc}\\p{Cs}]*";

    private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");

    private final Map<String, JsonNode> openApis;

    /** @param openApis what each service tells, by its name */
    EndpointCatalogue(Map<String, JsonNode> openApis) {
        this.openApis = openApis;
    }

    String page() {
        Map<String, List<Endpoint>> ofServices = new LinkedHashMap<>();
        openApis.forEach((service, openApi) -> ofServices.put(service, endpointsOf(openApi)));
        Set<Endpoint> ofAll =
                new LinkedHashSet<>(ofServices.values().stream().findFirst().orElseThrow());
        ofServices.values().forEach(ofAll::retainAll);

        StringBuilder page = new StringBuilder(HEAD);
        ofServices.forEach((service, endpoints) -> page.append("## %s\n\n".formatted(service))
                .append(section(endpoints.stream()
                        .filter(endpoint -> !ofAll.contains(endpoint))
                        .toList()))
                .append('\n'));
        return page.append("## In each service\n\n")
                .append(IN_EACH_SERVICE)
                .append(section(ofAll))
                .append(BESIDES)
                .toString();
    }

    /**
     * An endpoint as a reader sees it: two services have the same if they say the same of it.
     *
     * @param body what it takes, empty if it takes nothing
     */
    private record Endpoint(String name, String summary, String parameters, String answers, String body) {

        String row() {
            return "| `%s` | %s | %s | %s |\n".formatted(name, summary, parameters, answers);
        }
    }

    /** By path, and those of a path by method. */
    private static List<Endpoint> endpointsOf(JsonNode openApi) {
        Map<String, JsonNode> paths = new TreeMap<>();
        openApi.path("paths").forEachEntry(paths::put);
        List<Endpoint> endpoints = new ArrayList<>();
        paths.forEach((path, operations) -> METHODS.stream()
                .filter(operations::has)
                .map(method -> endpoint(method, path, operations.get(method), openApi))
                .forEach(endpoints::add));
        return endpoints;
    }

    private static Endpoint endpoint(String method, String path, JsonNode operation, JsonNode openApi) {
        return new Endpoint(
                "%s %s".formatted(method.toUpperCase(Locale.ROOT), path),
                operation.path("summary").asString(""),
                operation
                        .path("parameters")
                        .valueStream()
                        .filter(parameter -> !parameter.path("in").asString().equals("path"))
                        .map(EndpointCatalogue::parameter)
                        .collect(Collectors.joining("<br>")),
                operation
                        .path("responses")
                        .propertyStream()
                        .filter(response -> !response.getKey().equals("default"))
                        .map(response -> "%s %s"
                                .formatted(
                                        response.getKey(),
                                        response.getValue().path("description").asString()))
                        .sorted()
                        .collect(Collectors.joining("<br>")),
                body(operation.at("/requestBody/content/application~1json/schema"), openApi));
    }

    // --- What it takes -----------------------------------------------------------------------------------------------

    /** A cursor comes from the page before, and a key of the caller's choice is told of above all tables. */
    private static String parameter(JsonNode parameter) {
        String name = parameter.path("name").asString();
        if (List.of("cursor", "Idempotency-Key").contains(name)) {
            return "`%s`".formatted(name);
        }
        JsonNode schema = parameter.path("schema");
        String usual = schema.path("default").asString("");
        return joined(
                        "`%s`".formatted(name),
                        form(schema),
                        parameter.path("required").asBoolean() ? "required" : "",
                        usual.isEmpty() ? "" : "default `%s`".formatted(usual),
                        parameter.path("description").asString(""))
                .replace("|", "\\|");
    }

    private static String body(JsonNode reference, JsonNode openApi) {
        if (reference.isMissingNode()) {
            return "";
        }
        JsonNode schema = resolved(reference, openApi);
        return "```json\n%s\n```\n\n%s"
                .formatted(
                        schema.path("example").toString(),
                        fields("", schema, openApi).collect(Collectors.joining()));
    }

    private static Stream<String> fields(String path, JsonNode schema, JsonNode openApi) {
        Set<String> required =
                schema.path("required").valueStream().map(JsonNode::asString).collect(Collectors.toSet());
        return schema.path("properties").propertyStream().flatMap(property -> {
            String at = path + property.getKey();
            JsonNode field = resolved(property.getValue(), openApi);
            String rules = joined(form(field), required.contains(property.getKey()) ? "" : "optional");
            String meaning = property.getValue().path("description").asString("");
            String line = "- `%s`%s%s\n"
                    .formatted(at, rules.isEmpty() ? "" : ": " + rules, meaning.isEmpty() ? "" : ". " + meaning);
            return Stream.of(
                            Stream.of(line),
                            fields(at + ".", field, openApi),
                            fields(at + "[].", resolved(field.path("items"), openApi), openApi))
                    .flatMap(lines -> lines);
        });
    }

    private static JsonNode resolved(JsonNode schema, JsonNode openApi) {
        return schema.has("$ref") ? openApi.at(schema.get("$ref").asString().substring(1)) : schema;
    }

    /** Such as {@code integer, 1 to 100}; nothing of a text that may be any. */
    private static String form(JsonNode schema) {
        if (schema.has("enum")) {
            return schema.get("enum")
                    .valueStream()
                    .map(value -> "`%s`".formatted(value.asString()))
                    .collect(Collectors.joining(" or "));
        }
        return joined(
                type(schema),
                range(schema, "minimum", "maximum"),
                // Of a text that must not be empty, that it is required says enough.
                schema.has("maxLength") ? range(schema, "minLength", "maxLength") + " characters" : "",
                pattern(schema.path("pattern").asString("")));
    }

    private static String type(JsonNode schema) {
        String type = schema.path("type").asString("");
        return switch (schema.path("format").asString(type)) {
            case "string", "object" -> "";
            case "uuid" -> "UUID";
            case "date-time" -> "instant";
            case "email" -> "mail address";
            case "int32", "int64" -> "integer";
            case "array" -> list(range(schema, "minItems", "maxItems"), form(schema.path("items")));
            default -> type;
        };
    }

    private static String list(String size, String form) {
        return "list%s%s".formatted(size.isEmpty() ? "" : " of " + size, form.isEmpty() ? "" : ", each " + form);
    }

    private static String range(JsonNode schema, String least, String most) {
        String from = schema.path(least).asString("0");
        String to = schema.path(most).asString("");
        if (to.isEmpty()) {
            return schema.has(least) ? "at least " + from : "";
        }
        return from.equals("0") ? "at most " + to : "%s to %s".formatted(from, to);
    }

    private static String pattern(String pattern) {
        if (pattern.equals(NO_CONTROL_CHARACTERS)) {
            return "no control characters";
        }
        return pattern.isEmpty() ? "" : "like `%s`".formatted(pattern);
    }

    private static String joined(String... parts) {
        return Stream.of(parts).filter(part -> !part.isEmpty()).collect(Collectors.joining(", "));
    }

    // --- A section ---------------------------------------------------------------------------------------------------

    private static String section(Collection<Endpoint> endpoints) {
        StringBuilder section = new StringBuilder(
                "| endpoint | what it does | query and headers | answers |\n| --- | --- | --- | --- |\n");
        endpoints.forEach(endpoint -> section.append(endpoint.row()));
        Map<String, List<String>> bodies = endpoints.stream()
                .filter(endpoint -> !endpoint.body().isEmpty())
                .collect(Collectors.groupingBy(
                        Endpoint::body, LinkedHashMap::new, Collectors.mapping(Endpoint::name, Collectors.toList())));
        bodies.forEach((body, names) -> section.append("\n%s %s, for example:\n\n%s"
                .formatted(
                        names.stream().map("`%s`"::formatted).collect(Collectors.joining(" and ")),
                        names.size() == 1 ? "takes" : "take",
                        body)));
        return section.toString();
    }
}
