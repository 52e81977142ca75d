package io.tidings.gateway;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;

/**
 * A way in: requests whose path matches the pattern go to the service, without the prefix.
 *
 * @param prefix what is taken off the path before the service sees it, empty for a door that takes nothing off
 */
record Door(Service service, String pattern, String prefix) {

    /** The doors of a service: one for each of its paths, and {@code /services/<name>/**} for everything it offers. */
    static List<Door> of(Service service) {
        String prefix = "/services/" + service.name();
        return Stream.concat(
                        service.paths().stream().map(path -> new Door(service, path, "")),
                        Stream.of(new Door(service, prefix + "/**", prefix)))
                .toList();
    }

    /**
     * Where a request goes, path and query in the very encoding in which they came.
     *
     * @throws IllegalArgumentException if the path or the query is no part of a valid URI
     */
    URI target(PathContainer path, @Nullable String query) {
        // Counted in path elements, not in characters: the prefix may have come percent-encoded.
        String rest =
                path.subPath(PathContainer.parsePath(prefix).elements().size()).value();
        return URI.create(base() + (rest.isEmpty() ? "/" : rest) + (query == null ? "" : "?" + query));
    }

    /** A {@code Location} of the service's answer, as callers of the gateway can follow it. */
    String location(String location) {
        if (location.startsWith(base() + "/")) {
            return prefix + location.substring(base().length());
        }
        boolean isPath = location.startsWith("/") && !location.startsWith("//");
        boolean hasPrefix = location.startsWith(prefix + "/");
        return isPath && !hasPrefix ? prefix + location : location;
    }

    private String base() {
        String url = service.url().toString();
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
