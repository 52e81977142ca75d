package io.tidings.audit.api;

import io.swagger.v3.oas.annotations.Operation;
import io.tidings.audit.domain.AuditTrail;
import io.tidings.audit.recording.AuditFeed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.json.JsonMapper;

@RestController
@RequestMapping("/events")
class EventController {

    private static final String LIMIT_RULE = "must be from 1 to 1000";

    private final AuditTrail trail;
    private final AuditFeed feed;
    private final JsonMapper mapper;

    EventController(AuditTrail trail, AuditFeed feed, JsonMapper mapper) {
        this.trail = trail;
        this.feed = feed;
        this.mapper = mapper;
    }

    @GetMapping
    @Operation(summary = "Lists the messages that were told, the oldest first.")
    EventPageResponse list(
            @ParameterObject EventFilterRequest filter,
            @RequestParam(defaultValue = "100")
                    @Min(value = 1, message = LIMIT_RULE)
                    @Max(value = 1000, message = LIMIT_RULE)
                    int limit,
            @RequestParam(required = false) @Nullable UUID cursor) {
        return EventPageResponse.of(trail.find(filter.toFilter(), cursor, limit));
    }

    @GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(summary = "Streams messages as they are told, as server-sent events, from now on.")
    SseEmitter stream(@ParameterObject EventFilterRequest filter) {
        EventStream stream = new EventStream(feed.subscribe(filter.toFilter()), mapper);
        Thread.ofVirtual().name("event-stream").start(stream::run);
        return stream.emitter();
    }
}
