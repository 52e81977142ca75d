package io.tidings.gateway;

import java.net.URI;
import java.util.List;
import org.springframework.util.Assert;

/** A service behind the gateway: its name, where it listens, and the paths that are its own, as patterns. */
record Service(String name, URI url, List<String> paths) {

    Service {
        Assert.isTrue(
                List.of("http", "https").contains(url.getScheme()) && url.getHost() != null,
                () -> "tidings.services.%s.url must look like http://host:port but is '%s'".formatted(name, url));
        Assert.isTrue(
                paths.stream().allMatch(path -> path.startsWith("/")),
                () -> "tidings.services.%s.paths must each begin with '/' but are %s".formatted(name, paths));
    }
}
