package io.tidings.bus.asyncapi;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells which messages the service publishes and handles. */
@RestController
public final class AsyncApiController {

    private final AsyncApiDocument document;
    private volatile @Nullable String json;

    public AsyncApiController(AsyncApiDocument document) {
        this.document = document;
    }

    /** Made when it is first asked for, and always the same. */
    @GetMapping(path = "/asyncapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    String asyncApi() {
        String known = json;
        if (known == null) {
            known = document.toJson().toPrettyString();
            json = known;
        }
        return known;
    }
}
