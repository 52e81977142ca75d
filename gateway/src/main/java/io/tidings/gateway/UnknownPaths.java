package io.tidings.gateway;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Answers a path that leads nowhere by saying where to look, and whatever else Spring refuses as a problem too. */
@RestControllerAdvice
class UnknownPaths extends ResponseEntityExceptionHandler {

    @Override
    protected ResponseEntity<Object> handleNoResourceFoundException(
            NoResourceFoundException unknown, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                status,
                "No service answers /%s. GET /doors lists the paths that lead somewhere."
                        .formatted(unknown.getResourcePath()));
        problem.setTitle("No such door");
        return ResponseEntity.status(status).headers(headers).body(problem);
    }
}
