package io.tidings.bus.flow;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets each HTTP request begin a flow, or go on with the one that its caller names in {@code X-Correlation-Id}; the
 * answer says which it was.
 */
public final class FlowFilter extends OncePerRequestFilter {

    public static final String CORRELATION_ID = "X-Correlation-Id";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Flow flow = Flow.begin(request.getHeader(CORRELATION_ID), request.getHeader("traceparent"));
        response.setHeader(CORRELATION_ID, flow.correlationId());
        try {
            flow.<Exception>run(() -> chain.doFilter(request, response));
        } catch (ServletException | IOException | RuntimeException failure) {
            throw failure;
        } catch (Exception impossible) {
            throw new ServletException(impossible);
        }
    }
}
