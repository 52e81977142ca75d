package io.tidings.bus.publishing;

import io.tidings.bus.message.Envelope;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/**
 * A message that a service could not handle, and why; the <a
 * href="https://www.enterpriseintegrationpatterns.com/patterns/messaging/DeadLetterChannel.html">dead letter channel</a>.
 *
 * @param message as it came
 * @param service that could not handle it
 * @param failure of the last attempt
 * @param attempts how often it was tried
 */
public record DeadLetter(Envelope message, String service, Throwable failure, int attempts) {

    /** In characters: the copy must not be refused for what is written on it. */
    private static final int LONGEST_REASON = 1_000;

    private static final int LONGEST_STACK = 2_000;

    /** The topic of the service's dead letters. */
    public static String topicOf(String service) {
        return service + ".dlt";
    }

    String topic() {
        return topicOf(service);
    }

    /** What is written on the copy. */
    Map<String, String> annotations() {
        return Map.of(
                "dead-letter-topic", message.topic(),
                "dead-letter-service", service,
                "dead-letter-reason", shortened(reason(), LONGEST_REASON),
                "dead-letter-exception", failure.getClass().getName(),
                "dead-letter-stack", shortened(stack(), LONGEST_STACK),
                "dead-letter-attempts", Integer.toString(attempts));
    }

    /** The failure in a sentence. */
    public String reason() {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    private String stack() {
        StringWriter stack = new StringWriter();
        failure.printStackTrace(new PrintWriter(stack));
        return stack.toString();
    }

    private static String shortened(String text, int length) {
        return text.substring(0, Math.min(text.length(), length));
    }
}
