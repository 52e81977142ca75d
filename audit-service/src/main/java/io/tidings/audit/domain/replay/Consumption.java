package io.tidings.audit.domain.replay;

/** How far others have read. */
public interface Consumption {

    /** Whether the target has taken all that was sent to it. */
    boolean hasTakenAll(String target);

    /** Whether we have recorded whatever there was on any topic at this moment. May take some calls, until it has. */
    boolean haveRecorded(Mark mark);

    /** Where all topics end at this moment. */
    Mark mark();

    /** A moment. */
    interface Mark {}
}
