package io.tidings.allinone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks a service whether it takes requests and has begun to hear messages. */
final class Readiness {

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    private Readiness() {}

    /** @throws StartException if it is not ready in time */
    static void await(String service, URI address, Duration atMost) throws InterruptedException {
        URI health = address.resolve("/actuator/health/startup");
        HttpRequest request =
                HttpRequest.newBuilder(health).timeout(ANSWER_WITHIN).build();
        long start = System.nanoTime();
        String last;
        try (HttpClient client = HttpClient.newHttpClient()) {
            do {
                try {
                    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                    if (answer.statusCode() == 200) {
                        return;
                    }
                    last = answer.body();
                } catch (IOException failure) {
                    last = failure.toString();
                }
                Thread.sleep(PAUSE);
            } while (System.nanoTime() - start < atMost.toNanos());
        }
        throw new StartException(
                "%s is not ready after %d s; %s says: %s".formatted(service, atMost.toSeconds(), health, last));
    }
}
