package io.tidings.bus.flow;

import io.tidings.bus.TimeOrderedId;
import io.tidings.bus.message.Envelope;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * All that follows from one request. What is published while a flow is {@linkplain #run current} belongs to it: this is
 * the <a href="https://www.enterpriseintegrationpatterns.com/patterns/messaging/CorrelationIdentifier.html">correlation
 * identifier</a>, passed on without anyone's help.
 *
 * @param correlationId names the flow
 * @param causationId the message being handled; null within a request
 * @param traceParent the place in the trace
 */
public record Flow(String correlationId, @Nullable String causationId, TraceParent traceParent) {

    private static final ScopedValue<Flow> CURRENT = ScopedValue.newInstance();
    private static final Pattern READABLE_ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
    /** Strangers may call theirs what they like, but all that follows has to carry it. */
    private static final int LONGEST_ID = 1_000;

    private static final String LOGGED_AS = "correlationId";

    /** The flow that this thread works for, or a new one. */
    public static Flow current() {
        return CURRENT.isBound() ? CURRENT.get() : begin(null, null);
    }

    /**
     * A flow that a request begins.
     *
     * @param correlationId as the caller names it; a new id if it is absent or no readable one
     * @param traceparent as the caller's header says; a new trace if it is absent or malformed
     */
    public static Flow begin(@Nullable String correlationId, @Nullable String traceparent) {
        String id = Optional.ofNullable(correlationId)
                .filter(given -> READABLE_ID.matcher(given).matches())
                .orElseGet(() -> TimeOrderedId.next().toString());
        return new Flow(id, null, TraceParent.parse(traceparent).orElseGet(TraceParent::first));
    }

    /** The flow of a message that is about to be handled; a new one if its name is absurdly long. */
    public static Flow of(Envelope message) {
        String id = message.id().toString();
        return resume(
                message.correlationId().length() <= LONGEST_ID ? message.correlationId() : id,
                id,
                message.traceparent());
    }

    /**
     * A flow that was put down and is taken up again, such as by a worker.
     *
     * @param traceparent as it was written down; a new trace if it is absent or malformed
     */
    public static Flow resume(String correlationId, @Nullable String causationId, @Nullable String traceparent) {
        return new Flow(
                correlationId, causationId, TraceParent.parse(traceparent).orElseGet(TraceParent::first));
    }

    /** Does some work for this flow, which may be within the work for another. */
    public <X extends Throwable> void run(Work<X> work) throws X {
        String outer = MDC.get(LOGGED_AS);
        MDC.put(LOGGED_AS, correlationId);
        try {
            ScopedValue.where(CURRENT, this).call(() -> {
                work.run();
                return this;
            });
        } finally {
            if (outer == null) {
                MDC.remove(LOGGED_AS);
            } else {
                MDC.put(LOGGED_AS, outer);
            }
        }
    }

    /** What a message published in this flow says of its place in the trace. */
    public String nextTraceparent() {
        return traceParent.next().toString();
    }

    /** What is done for a flow. */
    @FunctionalInterface
    public interface Work<X extends Throwable> {
        void run() throws X;
    }
}
