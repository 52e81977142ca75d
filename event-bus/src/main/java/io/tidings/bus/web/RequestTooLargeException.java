package io.tidings.bus.web;

import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** A request's body is larger than the services take. */
class RequestTooLargeException extends IOException {

    static final long LIMIT = 1_048_576;

    RequestTooLargeException() {
        super("The request's body is larger than %,d bytes.".formatted(LIMIT));
    }

    static ProblemDetail problem() {
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.CONTENT_TOO_LARGE,
                "body: must not be larger than %,d bytes; send less in one request.".formatted(LIMIT));
    }
}
