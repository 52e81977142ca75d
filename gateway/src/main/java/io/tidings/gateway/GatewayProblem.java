package io.tidings.gateway;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.util.unit.DataSize;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.servlet.function.ServerResponse;

/** What the gateway itself has to say when it cannot pass a request on; what services say passes unchanged. */
final class GatewayProblem extends ErrorResponseException {

    private final HttpHeaders headers = new HttpHeaders();

    private GatewayProblem(HttpStatus status, String title, String detail, @Nullable Throwable cause) {
        super(status, ProblemDetail.forStatusAndDetail(status, detail), cause);
        setTitle(title);
    }

    static GatewayProblem unreachable(Service service, Duration retryAfter, Throwable cause) {
        long seconds = Math.max(1, retryAfter.toSeconds());
        GatewayProblem problem = about(
                service,
                HttpStatus.SERVICE_UNAVAILABLE,
                "Service unreachable",
                ("%s cannot be reached, so nothing was done. Ask again in %d s; if that goes on, look whether it runs.")
                        .formatted(service.name(), seconds),
                cause);
        problem.headers.set(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        return problem;
    }

    static GatewayProblem tooSlow(Service service, Duration answerWithin, Throwable cause) {
        return about(
                service,
                HttpStatus.GATEWAY_TIMEOUT,
                "Service too slow",
                ("%s did not answer within %d ms. It may still do what was asked: look before asking again. An order, or"
                                + " what moves money or stock, can be asked for again with the same Idempotency-Key.")
                        .formatted(service.name(), answerWithin.toMillis()),
                cause);
    }

    static GatewayProblem brokenOff(Service service, Throwable cause) {
        return about(
                service,
                HttpStatus.BAD_GATEWAY,
                "Service broke off",
                ("The connection to %s broke before it answered. It may have done what was asked: look before asking"
                                + " again. An order, or what moves money or stock, can be asked for again with the same"
                                + " Idempotency-Key.")
                        .formatted(service.name()),
                cause);
    }

    static GatewayProblem tooLarge(DataSize largestBody) {
        return new GatewayProblem(
                HttpStatus.CONTENT_TOO_LARGE,
                "Body too large",
                "A request body may have %d bytes at most. Send less, or several requests."
                        .formatted(largestBody.toBytes()),
                null);
    }

    static GatewayProblem notForwardable(IllegalArgumentException cause) {
        return new GatewayProblem(
                HttpStatus.BAD_REQUEST,
                "Request cannot be passed on",
                "Correct the request: %s".formatted(cause.getMessage()),
                cause);
    }

    private static GatewayProblem about(
            Service service, HttpStatus status, String title, String detail, Throwable cause) {
        GatewayProblem problem = new GatewayProblem(status, title, detail, cause);
        problem.getBody().setProperty("service", service.name());
        return problem;
    }

    @Override
    public HttpHeaders getHeaders() {
        return headers;
    }

    ServerResponse toResponse() {
        return ServerResponse.status(getStatusCode())
                .headers(target -> target.putAll(headers))
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(getBody());
    }
}
