package io.tidings.bus;

import io.tidings.bus.message.Envelope;
import java.util.List;
import java.util.Set;

/**
 * A bean that keeps messages as they came, whatever their type: unknown ones, dead letters and unreadable ones too.
 */
public interface MessageRecorder {

    /** The topics to record. Asked once, at start. */
    Set<String> topics();

    /** Called once for each message, in batches, in the transaction that marks them as handled. */
    void record(List<Envelope> messages);
}
