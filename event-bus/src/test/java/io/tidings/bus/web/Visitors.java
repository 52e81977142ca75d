package io.tidings.bus.web;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Those who ask a service, as a filter before it sees them. */
public record Visitors(Filter filter) {

    private static final int REFUSED = 503;

    /**
     * Each asks while those before it wait for their answers.
     *
     * @return what was answered, the last one first
     */
    public List<Integer> postWhileInside(int requests, Runnable whenAllAreInside) {
        if (requests == 0) {
            whenAllAreInside.run();
            return List.of();
        }
        List<Integer> statuses = new ArrayList<>();
        Runnable others = () -> statuses.addAll(postWhileInside(requests - 1, whenAllAreInside));
        int status = ask("POST", "/orders", (request, response) -> others.run()).getStatus();
        if (status == REFUSED) {
            others.run();
        }
        statuses.add(status);
        return statuses;
    }

    MockHttpServletResponse ask(String method, String path, FilterChain chain) {
        MockHttpServletResponse response = new MockHttpServletResponse();
        try {
            filter.doFilter(new MockHttpServletRequest(method, path), response, chain);
        } catch (IOException | ServletException failure) {
            throw new IllegalStateException(failure);
        }
        return response;
    }
}
