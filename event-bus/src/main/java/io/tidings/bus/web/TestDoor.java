package io.tidings.bus.web;

import io.tidings.bus.flow.Flow;
import io.tidings.bus.message.Envelope;
import io.tidings.bus.message.TypeName;
import io.tidings.bus.publishing.TransactionalEventBus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/**
 * Tells whatever it is given, as if a service had: late, twice, in a wrong order, or what never happened. It is there to
 * show and to test what others make of it, and opens only with {@code tidings.test-door.enabled}: whoever reaches it can
 * forge any message.
 */
@RestController
public final class TestDoor {

    private static final Logger log = LoggerFactory.getLogger(TestDoor.class);
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");
    private static final int MOST_MESSAGES = 1_000;
    private static final int LONGEST_KEY = 200;

    private final TransactionalEventBus bus;
    private final TransactionOperations transactions;

    public TestDoor(TransactionalEventBus bus, TransactionOperations transactions) {
        this.bus = bus;
        this.transactions = transactions;
        log.warn("The test door is open: whoever reaches this service can forge any message."
                + " Close it, unless this is a test, by leaving out tidings.test-door.enabled.");
    }

    /** @param messages told in this order, all or none */
    record Messages(@Nullable List<@Nullable Message> messages) {}

    /**
     * @param key messages of one key keep their order
     * @param type as it is called on the wire, such as {@code io.tidings.UserCreated.v1}
     * @param id two of the same id are one message that is delivered twice
     * @param data what it says
     */
    record Message(
            @Nullable String topic,
            @Nullable String key,
            @Nullable String type,
            @Nullable UUID id,
            @Nullable JsonNode data) {}

    /** @param told how many messages */
    record Told(int told) {}

    @PostMapping("/test-door/messages")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Told tell(@RequestBody Messages request) {
        List<@Nullable Message> messages = request.messages();
        if (messages == null || messages.isEmpty() || messages.size() > MOST_MESSAGES) {
            throw Problem.badRequest("messages", "must be 1 to %,d".formatted(MOST_MESSAGES));
        }
        List<Envelope> envelopes = new ArrayList<>();
        for (int number = 0; number < messages.size(); number++) {
            envelopes.add(envelopeOf(messages.get(number), "messages[%d]".formatted(number)));
        }
        transactions.executeWithoutResult(transaction -> envelopes.forEach(bus::pass));
        return new Told(envelopes.size());
    }

    private static Envelope envelopeOf(@Nullable Message message, String field) {
        if (message == null) {
            throw Problem.badRequest(field, "must not be null");
        }
        String topic = message.topic();
        if (topic == null || !TOPIC.matcher(topic).matches()) {
            throw Problem.badRequest(field + ".topic", "must be the name of a topic");
        }
        String key = message.key();
        if (key == null || key.isBlank() || key.length() > LONGEST_KEY || key.indexOf('\0') >= 0) {
            throw Problem.badRequest(field + ".key", "must be 1 to %d characters".formatted(LONGEST_KEY));
        }
        String type = message.type();
        if (type == null || TypeName.parse(type).isEmpty() || type.indexOf('\0') >= 0) {
            throw Problem.badRequest(field + ".type", "must be such as io.tidings.UserCreated.v1");
        }
        UUID id = required(message.id(), field + ".id");
        JsonNode data = required(message.data(), field + ".data");
        Flow flow = Flow.current();
        return new Envelope(
                id,
                topic,
                key,
                type,
                "/test-door",
                Instant.now(),
                flow.correlationId(),
                flow.causationId(),
                flow.nextTraceparent(),
                Map.of(),
                data.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** @throws ErrorResponseException if it is missing */
    private static <T> T required(@Nullable T value, String field) {
        if (value == null) {
            throw Problem.badRequest(field, "must not be null");
        }
        return value;
    }
}
