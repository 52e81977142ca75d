package io.tidings.bus.web;

import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** Answers that say what is wrong with a request and what to do, as <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a> has it. */
public final class Problem {

    /** About as long as the services themselves wait before they try again. */
    static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private Problem() {}

    /** A field, parameter or header that breaks a rule. */
    public record Violation(String field, String rule) {}

    /** 400: the request itself is wrong. */
    public static ErrorResponseException badRequest(String field, String rule) {
        return of(HttpStatus.BAD_REQUEST, violationsOf(HttpStatus.BAD_REQUEST, List.of(new Violation(field, rule))));
    }

    /** 404: what the request is about is not there. */
    public static ErrorResponseException notFound(String detail) {
        return of(HttpStatus.NOT_FOUND, ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, detail));
    }

    /** 404: this service has not heard of it, and will soon if it was made a moment ago. */
    public static ErrorResponseException notHeardOf(String detail) {
        ErrorResponseException problem = notFound(detail + " If it was made a moment ago, try again in a second.");
        problem.getHeaders()
                .set("Retry-After", Long.toString(Duration.ofSeconds(1).toSeconds()));
        return problem;
    }

    /** 409: the request came at the wrong time. */
    public static ErrorResponseException conflict(String detail) {
        return of(HttpStatus.CONFLICT, ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, detail));
    }

    /** 409: what the field says does not go with what is there. */
    public static ErrorResponseException conflict(String field, String rule) {
        return of(HttpStatus.CONFLICT, violationsOf(HttpStatus.CONFLICT, List.of(new Violation(field, rule))));
    }

    /** 410: what the request is about was there, and never will be again. */
    public static ErrorResponseException gone(String detail) {
        return of(HttpStatus.GONE, ProblemDetail.forStatusAndDetail(HttpStatus.GONE, detail));
    }

    /** 422: the request is well-formed, and can't be granted. */
    public static ErrorResponseException unprocessable(String field, String rule) {
        return of(
                HttpStatus.UNPROCESSABLE_CONTENT,
                violationsOf(HttpStatus.UNPROCESSABLE_CONTENT, List.of(new Violation(field, rule))));
    }

    /** 503: what the request needs is away, and nothing was done about it. */
    public static ErrorResponseException unavailable(String detail) {
        ErrorResponseException problem = of(
                HttpStatus.SERVICE_UNAVAILABLE,
                ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, detail));
        problem.getHeaders().set("Retry-After", Long.toString(RETRY_AFTER.toSeconds()));
        return problem;
    }

    static ProblemDetail violationsOf(HttpStatus status, List<Violation> violations) {
        String sentence = violations.stream()
                .map(violation -> "%s: %s".formatted(violation.field(), violation.rule()))
                .sorted()
                .reduce((one, other) -> one + "; " + other)
                .orElse("The request breaks a rule.");
        ProblemDetail detail = ProblemDetail.forStatusAndDetail(status, sentence);
        detail.setProperty("violations", violations);
        return detail;
    }

    private static ErrorResponseException of(HttpStatus status, ProblemDetail detail) {
        return new ErrorResponseException(status, detail, null);
    }
}
