package io.tidings.bus.web;

import io.micrometer.core.instrument.Counter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Refuses what would begin more work while there is too much of it already: at once, by 503 and {@code Retry-After},
 * before anything is read or any connection is taken (<a
 * href="https://sre.google/sre-book/handling-overload/">load shedding</a>). It is asked of {@code POST} alone: whoever
 * reads, changes or deletes what is there sets off no chain of steps, and operators must get in just then.
 *
 * <p>Each is told to come again after another number of seconds, by chance: who was refused together would otherwise come
 * back together, and be refused again (<a
 * href="https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/">jitter</a>).
 *
 * <p>How much is too much is not known beforehand, and differs from machine to machine. It shows in how long answers
 * take, so {@linkplain AdmissionPlaces places} are given and taken back by that.
 */
public final class AdmissionFilter extends OncePerRequestFilter {

    private static final int SOONEST_SECONDS = 1;
    private static final int LATEST_SECONDS = 3;
    private static final List<String> OF_OPERATORS =
            List.of("/actuator", "/dead-letters", "/outbox", "/replays", "/test-door");

    private final AdmissionPlaces places;
    private final BooleanSupplier backlog;
    private final Counter refused;
    private final JsonMapper mapper;

    /**
     * @param places how many are let in at the same time
     * @param backlog whether so much waits to leave that nothing more may be added to it
     * @param refused counts those that were not let in
     */
    public AdmissionFilter(AdmissionPlaces places, BooleanSupplier backlog, Counter refused, JsonMapper mapper) {
        this.places = places;
        this.backlog = backlog;
        this.refused = refused;
        this.mapper = mapper;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!beginsSomething(request)) {
            RefusalLane.placeOr(Optional::empty).ifPresent(AdmissionPlaces.Place::unused);
            chain.doFilter(request, response);
        } else if (backlog.getAsBoolean()) {
            refuse(response, "Too many messages wait to leave");
        } else {
            Optional<AdmissionPlaces.Place> place = RefusalLane.placeOr(places::take);
            if (place.isEmpty()) {
                refuse(response, "Too many requests are being answered");
                return;
            }
            try {
                chain.doFilter(request, response);
            } finally {
                place.get().answered();
            }
        }
    }

    private static boolean beginsSomething(HttpServletRequest request) {
        return HttpMethod.POST.matches(request.getMethod())
                && OF_OPERATORS.stream().noneMatch(request.getRequestURI()::startsWith);
    }

    private void refuse(HttpServletResponse response, String reason) throws IOException {
        refused.increment();
        String retryAfter = Integer.toString(ThreadLocalRandom.current().nextInt(SOONEST_SECONDS, LATEST_SECONDS + 1));
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.SERVICE_UNAVAILABLE,
                "%s, so that nothing was done about this one: send it again in %s s, and later each time that it is refused."
                        .formatted(reason, retryAfter));
        response.setStatus(problem.getStatus());
        response.setHeader(HttpHeaders.RETRY_AFTER, retryAfter);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        mapper.writeValue(response.getOutputStream(), problem);
    }
}
