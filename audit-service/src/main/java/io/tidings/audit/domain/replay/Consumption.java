package io.tidings.audit.domain.replay;

import java.util.SortedSet;

/**
 * Who listens, and how far they have read. To learn it may take seconds, so it is not asked for within a transaction; and
 * whatever is asked, the answer may be a {@link ConsumptionUnknownException}.
 */
public interface Consumption {

    /** The services that listen to replays, by their names. */
    SortedSet<String> targets();

    /** Whether there is a service of that name at all. */
    boolean isKnown(String service);

    /** The topics that the service hears live; empty if nobody can tell, as while it is away or is being scaled. */
    SortedSet<String> topicsOf(String service);

    /** Whether the target has taken all that was sent to it. */
    boolean hasTakenAll(String target);

    /** Whether we have recorded whatever there was on any topic at this moment. May take some calls, until it has. */
    boolean haveRecorded(Mark mark);

    /** Where all topics end at this moment. */
    Mark mark();

    /** A moment. */
    interface Mark {}
}
