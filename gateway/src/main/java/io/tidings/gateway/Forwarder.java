package io.tidings.gateway;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Passes a request on to a service: method, path, query, body and end-to-end headers as they came. */
@Component
class Forwarder {

    private static final Logger log = LoggerFactory.getLogger(Forwarder.class);

    /** Said by the client for itself, or by the gateway in its own words. */
    private static final Set<String> REPLACED = Set.of(
            "host",
            "content-length",
            "expect",
            "forwarded",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-port",
            "x-forwarded-prefix",
            "x-forwarded-proto");

    private final HttpClient client;
    private final Limits limits;

    Forwarder(HttpClient client, Limits limits) {
        this.client = client;
        this.limits = limits;
    }

    /**
     * Asks the service behind the door.
     *
     * @return the service's answer, whatever its status
     * @throws GatewayProblem if the service cannot be reached, is too slow or breaks off before it answers, or if the
     *     request is too large or malformed
     * @throws IOException if the caller breaks off before its request was read
     */
    ServerResponse forward(ServerRequest received, Door door) throws IOException {
        HttpRequest request = requestFor(received, door, bodyOf(received.servletRequest()));
        return new ForwardedAnswer(exchange(request, door.service()), door);
    }

    /** Read whole before anything is passed on, so that a body that is too large never reaches a service in part. */
    private byte[] bodyOf(HttpServletRequest received) throws IOException {
        int largest = Math.toIntExact(limits.largestBody().toBytes());
        if (received.getContentLengthLong() > largest) {
            throw GatewayProblem.tooLarge(limits.largestBody());
        }
        byte[] body = received.getInputStream().readNBytes(largest + 1);
        if (body.length > largest) {
            throw GatewayProblem.tooLarge(limits.largestBody());
        }
        return body;
    }

    private HttpRequest requestFor(ServerRequest received, Door door, byte[] body) {
        HttpServletRequest servlet = received.servletRequest();
        try {
            URI target = door.target(received.requestPath().pathWithinApplication(), servlet.getQueryString());
            HttpRequest.Builder request = HttpRequest.newBuilder(target)
                    .method(
                            servlet.getMethod(),
                            body.length == 0
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofByteArray(body));
            HttpHeaders headers = received.headers().asHttpHeaders();
            Set<String> left = HopByHopHeaders.namedBy(headers.getOrEmpty(HttpHeaders.CONNECTION));
            left.addAll(REPLACED);
            headers.forEach((name, values) -> {
                if (!left.contains(name)) {
                    values.forEach(value -> request.header(name, value));
                }
            });
            request.header("X-Forwarded-For", servlet.getRemoteAddr());
            request.header("X-Forwarded-Proto", servlet.getScheme());
            request.header("X-Forwarded-Host", hostOf(servlet));
            if (!door.prefix().isEmpty()) {
                request.header("X-Forwarded-Prefix", door.prefix());
            }
            return request.build();
        } catch (IllegalArgumentException malformed) {
            throw GatewayProblem.notForwardable(malformed);
        }
    }

    private HttpResponse<InputStream> exchange(HttpRequest request, Service service) {
        // The limit is for the answer to begin. One that is set on the request may count the body in, and cut streams.
        CompletableFuture<HttpResponse<InputStream>> answer =
                client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
        try {
            return answer.get(limits.answerWithin().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            abandon(answer);
            throw logged(GatewayProblem.tooSlow(service, limits.answerWithin(), late));
        } catch (InterruptedException stopping) {
            abandon(answer);
            Thread.currentThread().interrupt();
            throw logged(GatewayProblem.brokenOff(service, stopping));
        } catch (ExecutionException failure) {
            throw logged(
                    switch (failure.getCause()) {
                        case ConnectException refused ->
                            GatewayProblem.unreachable(service, limits.retryAfter(), refused);
                        case NoRouteToHostException away ->
                            GatewayProblem.unreachable(service, limits.retryAfter(), away);
                        case HttpConnectTimeoutException silent ->
                            GatewayProblem.unreachable(service, limits.retryAfter(), silent);
                        case null, default -> GatewayProblem.brokenOff(service, failure);
                    });
        }
    }

    /** Gives the connection back even if the answer comes in this very moment. */
    private static void abandon(CompletableFuture<HttpResponse<InputStream>> answer) {
        answer.cancel(true);
        answer.thenAccept(late -> {
            try (InputStream unwanted = late.body()) {
                log.debug("An answer came too late and is dropped: {}", late);
            } catch (IOException alreadyClosed) {
                log.debug("The connection of a late answer is closed already", alreadyClosed);
            }
        });
    }

    private static String hostOf(HttpServletRequest received) {
        return received.getServerName() + ":" + received.getServerPort();
    }

    private static GatewayProblem logged(GatewayProblem problem) {
        log.warn("{} ({})", problem.getBody().getDetail(), String.valueOf(problem.getCause()));
        return problem;
    }
}
