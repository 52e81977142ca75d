package io.tidings.allinone;

import io.tidings.scenarios.doors.Door;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What is made of the running system: {@code docs/asyncapi.yaml}, {@code docs/events}, {@code docs/http}, and who may do
 * what on Kafka in {@code docker/kafka/rights}.
 */
final class ContractDocuments {

    /** Where the rights are, seen from {@code docs}. */
    static final Path RIGHTS = Path.of("..", "docker", "kafka", "rights");

    private static final Path ENDPOINTS = Path.of("http", "README.md");

    private final Map<String, JsonNode> ofServices;
    private final Map<String, JsonNode> openApis;
    private final AsyncApi asyncApi;

    private ContractDocuments(Map<String, JsonNode> ofServices, Map<String, JsonNode> openApis) {
        this.ofServices = ofServices;
        this.openApis = openApis;
        this.asyncApi = AsyncApi.merged(ofServices);
    }

    /** Asks each service. */
    static ContractDocuments of(Tidings tidings) {
        try (Door gateway = Door.gateway(tidings.gateway())) {
            return new ContractDocuments(ofEach(gateway, "asyncapi.json"), ofEach(gateway, "openapi.json"));
        }
    }

    private static Map<String, JsonNode> ofEach(Door gateway, String document) {
        Map<String, JsonNode> ofServices = new LinkedHashMap<>();
        Service.BEHIND_THE_GATEWAY.forEach(service -> ofServices.put(
                service.name(),
                gateway.get("/services/%s/%s".formatted(service, document)).body()));
        return ofServices;
    }

    /** All services, without Kafka, on free ports. */
    static Tidings quietSystem() {
        List<String> arguments = new ArrayList<>(List.of("demo", "--bus=in-process"));
        Stream.of(Port.values()).map(port -> port.option() + "=0").forEach(arguments::add);
        return new Tidings(
                CommandLine.parse(arguments, Map.of()), new Progress(new PrintStream(OutputStream.nullOutputStream())));
    }

    /** What each service tells of its messages, by its name. */
    Map<String, JsonNode> ofServices() {
        return ofServices;
    }

    /** What each service tells of its REST doors, by its name. */
    Map<String, JsonNode> openApis() {
        return openApis;
    }

    AsyncApi asyncApi() {
        return asyncApi;
    }

    /** All files by their places, seen from {@code docs}. */
    Map<Path, String> files() {
        Map<Path, String> files = new LinkedHashMap<>();
        files.put(Path.of("asyncapi.yaml"), asyncApi.toYaml());
        files.putAll(new EventCatalogue(Contract.all(), asyncApi).pages());
        files.put(ENDPOINTS, new EndpointCatalogue(openApis).page());
        files.put(RIGHTS, new KafkaRights(asyncApi).toText());
        return files;
    }

    /** Writes them, and removes pages of messages that are gone. */
    void writeTo(Path docs) {
        Map<Path, String> files = files();
        try {
            Files.createDirectories(docs.resolve("events"));
            Files.createDirectories(docs.resolve("http"));
            for (Path page : pagesIn(docs)) {
                if (!files.containsKey(page)) {
                    Files.delete(docs.resolve(page));
                }
            }
            for (Map.Entry<Path, String> file : files.entrySet()) {
                Files.writeString(docs.resolve(file.getKey()), file.getValue());
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** The pages of messages that are there. */
    static List<Path> pagesIn(Path docs) {
        try (Stream<Path> pages = Files.list(docs.resolve("events"))) {
            return pages.map(docs::relativize).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
