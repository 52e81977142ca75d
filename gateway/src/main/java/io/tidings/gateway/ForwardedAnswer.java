package io.tidings.gateway;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * A service's answer on its way back: status, end-to-end headers and body, unchanged and not buffered.
 *
 * <p>It is no built response because those answer conditional requests themselves, and here that is the service's part.
 */
final class ForwardedAnswer implements ServerResponse {

    private static final Logger log = LoggerFactory.getLogger(ForwardedAnswer.class);

    private static final int CHUNK = 16 * 1024;

    private final Service service;
    private final HttpStatusCode status;
    private final HttpHeaders headers = new HttpHeaders();
    private final InputStream body;

    ForwardedAnswer(HttpResponse<InputStream> received, Door door) {
        service = door.service();
        status = HttpStatusCode.valueOf(received.statusCode());
        body = received.body();
        Map<String, List<String>> receivedHeaders = received.headers().map();
        Set<String> hopByHop = HopByHopHeaders.namedBy(received.headers().allValues(HttpHeaders.CONNECTION));
        receivedHeaders.forEach((name, values) -> {
            if (!hopByHop.contains(name)) {
                headers.addAll(
                        name,
                        name.toLowerCase(Locale.ROOT).equals("location")
                                ? values.stream().map(door::location).toList()
                                : values);
            }
        });
    }

    @Override
    public HttpStatusCode statusCode() {
        return status;
    }

    @Override
    public HttpHeaders headers() {
        return headers;
    }

    @Override
    public MultiValueMap<String, Cookie> cookies() {
        return new LinkedMultiValueMap<>(); // cookies are among the headers
    }

    /**
     * Writes the answer.
     *
     * @throws IOException if either side breaks off; the caller's connection is then cut, so that a part of an answer
     *     never looks like a whole one
     */
    @Override
    public @Nullable ModelAndView writeTo(HttpServletRequest request, HttpServletResponse response, Context context)
            throws IOException {
        try (body) { // closed too when the caller has gone, which ends the service's side of a stream
            response.setStatus(status.value());
            headers.forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
            // An answer without a length may be a stream of events, so nothing of it is held back.
            boolean stream = !headers.containsHeader(HttpHeaders.CONTENT_LENGTH);
            if (stream) {
                response.flushBuffer();
            }
            OutputStream caller = response.getOutputStream();
            byte[] chunk = new byte[CHUNK];
            for (int length = read(chunk); length >= 0; length = read(chunk)) {
                caller.write(chunk, 0, length);
                if (stream) {
                    caller.flush();
                }
            }
        }
        return null;
    }

    private int read(byte[] chunk) throws IOException {
        try {
            return body.read(chunk);
        } catch (IOException brokenOff) {
            log.warn("{} broke off in the middle of an answer ({})", service.name(), brokenOff.toString());
            // Without its cause: that often looks like a caller who has gone, and Spring then ends the answer in peace.
            throw new IOException(service.name() + " broke off in the middle of an answer");
        }
    }
}
