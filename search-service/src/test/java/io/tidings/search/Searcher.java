package io.tidings.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.core.env.Environment;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who looks for something, over HTTP. */
@TestComponent
public class Searcher {

    private final RestTestClient http;
    private final Environment environment;

    Searcher(RestTestClient http, Environment environment) {
        this.http = http;
        this.environment = environment;
    }

    /** @param query as it goes over the wire */
    public ResponseSpec askRaw(String query) {
        return http.get()
                .uri(URI.create(
                        "http://127.0.0.1:%s/search%s".formatted(environment.getProperty("local.server.port"), query)))
                .exchange();
    }

    /** @param query such as {@code ?q={q}}, for which the variables are filled in */
    public ResponseSpec ask(String query, Object... variables) {
        return http.get().uri("/search" + query, variables).exchange();
    }

    public JsonNode page(String query, Object... variables) {
        return JsonMapper.shared()
                .readTree(ask(query, variables)
                        .expectStatus()
                        .isOk()
                        .returnResult(String.class)
                        .getResponseBody());
    }

    /** The first page. */
    public List<JsonNode> find(String words) {
        return resultsOf(page("?q={q}", words));
    }

    public static List<JsonNode> resultsOf(JsonNode page) {
        List<JsonNode> results = new ArrayList<>();
        page.path("results").forEach(results::add);
        return results;
    }

    public JsonNode findOne(String words) {
        List<JsonNode> found = find(words);
        assertThat(found).as("found for '%s'", words).hasSize(1);
        return found.getFirst();
    }
}
