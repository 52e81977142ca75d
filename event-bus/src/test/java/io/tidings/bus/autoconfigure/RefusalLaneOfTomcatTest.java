package io.tidings.bus.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidings.bus.handling.DefaultFailureClassifier;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

class RefusalLaneOfTomcatTest {

    private static final int DONE = 200;
    private static final int REFUSED = 503;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Desk desk = new Desk();
    private final WebApplicationContextRunner service = new WebApplicationContextRunner(
                    AnnotationConfigServletWebServerApplicationContext::new)
            .withConfiguration(AutoConfigurations.of(TomcatServletWebServerAutoConfiguration.class))
            .withUserConfiguration(WebProblemConfiguration.class, Settings.class)
            .withBean(DefaultFailureClassifier.class)
            .withBean(SimpleMeterRegistry.class)
            .withBean(JsonMapper.class, JsonMapper::shared)
            .withBean(Desk.class, () -> desk)
            .withPropertyValues(
                    "server.port=0",
                    "spring.threads.virtual.enabled=true",
                    "tidings.web.problems=true",
                    "tidings.admission.requests=1",
                    "tidings.admission.least-requests=1");

    @Test
    void a_refusal_does_not_wait_for_a_virtual_thread_and_neither_does_who_needs_no_place() {
        service.run(context -> {
            URI door = doorOf(context);
            try (HttpClient client = HttpClient.newHttpClient();
                    BusyCarriers ignored = desk.occupy(client, door)) {
                assertThat(status(client, post(door))).isEqualTo(REFUSED);
                assertThat(status(client, HttpRequest.newBuilder(door))).isEqualTo(DONE);
            }
        });
    }

    @Test
    void who_reads_leaves_the_place_to_others() {
        service.run(context -> {
            URI door = doorOf(context);
            desk.served.countDown();
            try (HttpClient client = HttpClient.newHttpClient()) {
                CompletableFuture<Integer> reader = send(client, HttpRequest.newBuilder(door.resolve(Desk.LONG_READ)));
                Desk.await(desk.reading);
                assertThat(status(client, post(door))).isEqualTo(DONE);
                assertThat(reader).isNotDone();
                desk.read.countDown();
                assertThat(reader).succeedsWithin(PATIENCE).isEqualTo(DONE);
            } finally {
                desk.read.countDown();
            }
        });
    }

    private static URI doorOf(AssertableWebApplicationContext context) {
        return URI.create("http://localhost:%d/orders"
                .formatted(((ServletWebServerApplicationContext) context.getSourceApplicationContext())
                        .getWebServer()
                        .getPort()));
    }

    private static CompletableFuture<Integer> send(HttpClient client, HttpRequest.Builder request) {
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding())
                .thenApply(HttpResponse::statusCode);
    }

    private static HttpRequest.Builder post(URI door) {
        return HttpRequest.newBuilder(door).POST(HttpRequest.BodyPublishers.ofString("an order"));
    }

    private static int status(HttpClient client, HttpRequest.Builder request) throws Exception {
        return client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** Serves at once who reads, but for the long read; that, and who posts, when it is told to. */
    private static final class Desk extends HttpServlet {

        static final String LONG_READ = "/orders/all";

        private final CountDownLatch occupied = new CountDownLatch(1);
        private final CountDownLatch served = new CountDownLatch(1);
        private final CountDownLatch reading = new CountDownLatch(1);
        private final CountDownLatch read = new CountDownLatch(1);

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            if (request.getRequestURI().equals(LONG_READ)) {
                reading.countDown();
                await(read);
            }
        }

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            occupied.countDown();
            await(served);
        }

        /** The one place is taken, and then every thread that carries virtual ones is in use, until this is closed. */
        BusyCarriers occupy(HttpClient client, URI door) {
            CompletableFuture<Integer> first = send(client, post(door));
            await(occupied);
            return new BusyCarriers(() -> {
                served.countDown();
                assertThat(first).succeedsWithin(PATIENCE).isEqualTo(DONE);
            });
        }

        private static void await(CountDownLatch latch) {
            try {
                assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(stopped);
            }
        }
    }

    /** Virtual threads that never wait, twice as many as there are threads to carry them. */
    private static final class BusyCarriers implements AutoCloseable {

        private final AtomicBoolean over = new AtomicBoolean();
        private final Runnable whenFree;

        BusyCarriers(Runnable whenFree) {
            this.whenFree = whenFree;
            CountDownLatch busy = new CountDownLatch(Runtime.getRuntime().availableProcessors());
            for (int thread = 0; thread < 2 * Runtime.getRuntime().availableProcessors(); thread++) {
                Thread.startVirtualThread(() -> {
                    busy.countDown();
                    while (!over.get()) {
                        Thread.onSpinWait();
                    }
                });
            }
            Desk.await(busy);
        }

        @Override
        public void close() {
            over.set(true);
            whenFree.run();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(BusProperties.class)
    static class Settings {

        @Bean
        ServletRegistrationBean<Desk> everything(Desk desk) {
            return new ServletRegistrationBean<>(desk, "/*");
        }
    }
}
