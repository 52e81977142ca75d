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
public record DeadLetter(Envelope message, String service, Throwable failure, int attempts)
        implements DeadLetterNotice {

    /** In characters: the copy must not be refused for what is written on it. */
    private static final int LONGEST_REASON = 1_000;

    private static final int LONGEST_STACK = 2_000;

    /** The topic of the service's dead letters. */
    public static String topicOf(String service) {
        return service + ".dlt";
    }

    @Override
    public Map<String, String> annotations() {
        return Map.of(
                "dead-letter-topic", message.topic(),
                "dead-letter-service", service,
                "dead-letter-reason", reason(),
                "dead-letter-exception", exception(),
                "dead-letter-stack", stack(),
                "dead-letter-attempts", Integer.toString(attempts));
    }

    /** The failure in a sentence, or in the first 1,000 characters of one. */
    public String reason() {
        String sentence = failure.getMessage();
        return shortened(sentence == null ? failure.getClass().getSimpleName() : sentence, LONGEST_REASON);
    }

    /** The failure's class. */
    public String exception() {
        return failure.getClass().getName();
    }

    /** Where it failed, in the first 2,000 characters. */
    public String stack() {
        StringWriter stack = new StringWriter();
        failure.printStackTrace(new PrintWriter(stack));
        return shortened(stack.toString(), LONGEST_STACK);
    }

    private static String shortened(String text, int length) {
        return text.substring(0, Math.min(text.length(), length));
    }
}
