package io.tidings.gateway;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The headers that concern one connection only and are never passed on (RFC 9110, section 7.6.1). */
final class HopByHopHeaders {

    private static final Set<String> ALWAYS = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private HopByHopHeaders() {}

    /** The names, in any case, given what the message's own {@code Connection} header says. */
    static Set<String> namedBy(Collection<String> connectionHeader) {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(ALWAYS);
        connectionHeader.stream()
                .flatMap(value -> Stream.of(value.split(",")))
                .map(String::strip)
                .forEach(names::add);
        return names;
    }
}
