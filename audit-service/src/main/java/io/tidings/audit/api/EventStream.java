package io.tidings.audit.api;

import io.tidings.audit.domain.AuditEvent;
import io.tidings.audit.recording.Subscription;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.json.JsonMapper;

/** Sends messages to one client, as they come, for as long as it keeps up. */
final class EventStream {

    private static final long NO_TIMEOUT = 0;
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(15);
    private static final MediaType TEXT = new MediaType("text", "plain", StandardCharsets.UTF_8);

    private final Subscription subscription;
    private final JsonMapper mapper;
    private final SseEmitter emitter = new SseEmitter(NO_TIMEOUT);

    EventStream(Subscription subscription, JsonMapper mapper) {
        this.subscription = subscription;
        this.mapper = mapper;
        emitter.onCompletion(subscription::close);
        emitter.onError(failure -> subscription.close());
    }

    SseEmitter emitter() {
        return emitter;
    }

    void run() {
        try (subscription) {
            emitter.send(SseEmitter.event().comment("You are told of messages from now on."));
            while (subscription.isOpen()) {
                Optional<AuditEvent> event = subscription.next(SIGN_OF_LIFE);
                if (event.isPresent()) {
                    send(event.get());
                } else if (subscription.isOpen()) {
                    emitter.send(SseEmitter.event().comment("Nothing new."));
                }
            }
            if (subscription.isOverrun()) {
                emitter.send(SseEmitter.event()
                        .comment("You read more slowly than messages come: ask GET /events for those you missed."));
            }
            emitter.complete();
        } catch (IOException | IllegalStateException gone) {
            // The client went away, and the web server knows.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            emitter.complete();
        }
    }

    private void send(AuditEvent event) throws IOException {
        // What came with line breaks of its own must not break the stream's.
        String json = mapper.writeValueAsString(EventResponse.of(event)).replace('\r', '\n');
        emitter.send(SseEmitter.event().id(event.eventId().toString()).data(json, TEXT));
    }
}
