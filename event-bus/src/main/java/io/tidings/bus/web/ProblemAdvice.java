package io.tidings.bus.web;

import io.tidings.bus.flow.FlowFilter;
import io.tidings.bus.handling.FailureClassifier;
import io.tidings.bus.handling.FailureKind;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.FieldError;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Turns whatever goes wrong with a request into a problem detail that names the field and the rule. */
@RestControllerAdvice
public final class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    /** By its name, for it is Tomcat's own and there are other servers. */
    private static final String UNREADABLE_PARAMETER = "org.apache.tomcat.util.http.InvalidParameterException";

    /** By its message, for Jackson has no class of its own for it. */
    private static final Pattern GIVEN_TWICE = Pattern.compile("Duplicate Object property \"(.*)\"");

    private static final Map<Class<?>, String> FORMS = Map.of(
            UUID.class, "must be a UUID",
            Instant.class, "must be an instant in UTC, such as 2026-01-31T12:00:00Z",
            Integer.class, "must be a whole number",
            int.class, "must be a whole number",
            Long.class, "must be a whole number",
            long.class, "must be a whole number");

    private final FailureClassifier classifier;

    public ProblemAdvice(FailureClassifier classifier) {
        this.classifier = classifier;
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException exception, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(
                exception,
                exception.getFieldErrors().stream()
                        .map(error -> new Problem.Violation(error.getField(), ruleOf(error)))
                        .toList(),
                headers,
                request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException exception,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return answer(
                exception,
                exception.getParameterValidationResults().stream()
                        .flatMap(result -> result.getResolvableErrors().stream()
                                .map(error -> new Problem.Violation(
                                        nameOf(error, result), orInvalid(error.getDefaultMessage()))))
                        .toList(),
                headers,
                request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException exception, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (exception.getMostSpecificCause() instanceof RequestTooLargeException) {
            return tooLarge(exception, headers, request);
        }
        return answer(exception, List.of(violationOf(exception.getCause())), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException exception,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return answer(
                exception,
                List.of(new Problem.Violation(exception.getParameterName(), "must be given")),
                headers,
                request);
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> handleTypeMismatch(MethodArgumentTypeMismatchException exception, WebRequest request) {
        return answer(
                exception,
                List.of(new Problem.Violation(exception.getName(), formOf(exception))),
                new HttpHeaders(),
                request);
    }

    private static String ruleOf(FieldError error) {
        return error.contains(TypeMismatchException.class)
                ? formOf(error.unwrap(TypeMismatchException.class))
                : orInvalid(error.getDefaultMessage());
    }

    private static String formOf(TypeMismatchException misfit) {
        Class<?> type = misfit.getRequiredType() == null ? String.class : misfit.getRequiredType();
        return FORMS.getOrDefault(type, "must be a %s".formatted(type.getSimpleName()));
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> handleUnforeseen(
            RuntimeException exception, WebRequest request, HttpServletResponse response) {
        if (exception.getClass().getName().equals(UNREADABLE_PARAMETER)) {
            return answer(
                    exception,
                    List.of(new Problem.Violation("parameters", "must be UTF-8, percent-encoded")),
                    new HttpHeaders(),
                    request);
        }
        if (classifier.classify(exception) == FailureKind.INFRASTRUCTURE) {
            return unavailable(exception, request);
        }
        String flow = response.getHeader(FlowFilter.CORRELATION_ID);
        log.error("A request failed in a way that nobody foresaw; its flow is {}.", flow, exception);
        ProblemDetail detail = ProblemDetail.forStatusAndDetail(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "This is our fault and not yours. Nothing was changed. Look into the log for flow %s.".formatted(flow));
        return handleExceptionInternal(exception, detail, new HttpHeaders(), HttpStatus.INTERNAL_SERVER_ERROR, request);
    }

    /** Of a connection that is lost at the very commit nobody can say what became of it. */
    private @Nullable ResponseEntity<Object> unavailable(RuntimeException exception, WebRequest request) {
        log.warn("A request was refused, because what it needs is away: {}", exception.toString());
        ProblemDetail detail = ProblemDetail.forStatusAndDetail(
                HttpStatus.SERVICE_UNAVAILABLE,
                "The database is away or overloaded, and /actuator/health says what is missing. Try again in %d seconds; a request that only reads, or that orders or moves money or stock under an Idempotency-Key, can be sent again at no risk."
                        .formatted(Problem.RETRY_AFTER.toSeconds()));
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, Long.toString(Problem.RETRY_AFTER.toSeconds()));
        return handleExceptionInternal(exception, detail, headers, HttpStatus.SERVICE_UNAVAILABLE, request);
    }

    private @Nullable ResponseEntity<Object> tooLarge(Exception exception, HttpHeaders headers, WebRequest request) {
        return handleExceptionInternal(
                exception, RequestTooLargeException.problem(), headers, HttpStatus.CONTENT_TOO_LARGE, request);
    }

    private @Nullable ResponseEntity<Object> answer(
            Exception exception, List<Problem.Violation> violations, HttpHeaders headers, WebRequest request) {
        return handleExceptionInternal(
                exception,
                Problem.violationsOf(HttpStatus.BAD_REQUEST, violations),
                headers,
                HttpStatus.BAD_REQUEST,
                request);
    }

    /** As it is, whatever the caller accepts: there may be nothing that they do, or nobody can tell what they do. */
    @Override
    protected ResponseEntity<Object> createResponseEntity(
            @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        HttpHeaders typed = HttpHeaders.copyOf(headers);
        if (body instanceof ProblemDetail) {
            typed.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        }
        return new ResponseEntity<>(body, typed, status);
    }

    private static Problem.Violation violationOf(@Nullable Throwable cause) {
        if (cause instanceof UnrecognizedPropertyException unknown) {
            return new Problem.Violation(pathOf(unknown), "is not a field of this request");
        }
        if (cause instanceof StreamReadException malformed && !(cause instanceof InputCoercionException)) {
            Matcher twice = GIVEN_TWICE.matcher(malformed.getOriginalMessage());
            if (twice.find()) {
                return new Problem.Violation(twice.group(1), "must be given once");
            }
            return new Problem.Violation(
                    "body",
                    "must be JSON, and is not from line %d, column %d"
                            .formatted(
                                    malformed.getLocation().getLineNr(),
                                    malformed.getLocation().getColumnNr()));
        }
        if (cause instanceof JacksonException misfit && !misfit.getPath().isEmpty()) {
            return new Problem.Violation(pathOf(misfit), "has a value of the wrong form");
        }
        return new Problem.Violation("body", "must be a JSON object");
    }

    private static String pathOf(JacksonException misfit) {
        return misfit.getPath().stream()
                .map(step ->
                        step.getPropertyName() == null ? "[%d]".formatted(step.getIndex()) : step.getPropertyName())
                .collect(Collectors.joining("."))
                .replace(".[", "[");
    }

    private static String nameOf(MessageSourceResolvable error, ParameterValidationResult result) {
        if (error instanceof FieldError inBody) {
            return inBody.getField();
        }
        RequestHeader header = result.getMethodParameter().getParameterAnnotation(RequestHeader.class);
        String name = header == null || header.name().isEmpty()
                ? result.getMethodParameter().getParameterName()
                : header.name();
        return name == null ? "parameter" : name;
    }

    private static String orInvalid(@Nullable String rule) {
        return rule == null ? "is not valid" : rule;
    }
}
