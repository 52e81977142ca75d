package io.tidings.email.sending;

import io.tidings.bus.operations.BusStatus;
import io.tidings.bus.operations.Pace;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * Whether the servers that many mails need were there when last asked. While one is not, the mails that need it wait
 * together, and ask again after longer and longer pauses; health says so. The mail server is needed by all, user-service by
 * mails to users.
 */
@Component
class Reachability {

    private final Server userService;
    private final Server mailServer;

    Reachability(BusStatus status) {
        this.userService = new Server("sending of mails to users", status);
        this.mailServer = new Server("sending of mails", status);
    }

    /**
     * Any answer of a server counts, be it that there is no such user or mailbox.
     *
     * @return whether a server has answered that had been missed
     */
    synchronized boolean learn(DueEmail email, Attempt attempt) {
        boolean userServiceIsBack = email.userId() != null
                && !(attempt.outcome() instanceof Outcome.UserServiceAway)
                && userService.reached();
        // Without an address, the mail server was not asked.
        boolean isAddressed = attempt.recipient() != null;
        boolean mailServerIsBack =
                switch (attempt.outcome()) {
                    case Outcome.UserServiceAway(String reason, Exception failure) -> {
                        userService.missed(failure);
                        yield false;
                    }
                    case Outcome.MailServerAway(String reason, Exception failure) -> {
                        mailServer.missed(failure);
                        yield false;
                    }
                    case Outcome.Sent sent -> mailServer.reached();
                    case Outcome.Refused refused when isAddressed -> mailServer.reached();
                    case Outcome.Postponed postponed when isAddressed -> mailServer.reached();
                    case Outcome.Refused refused -> false;
                    case Outcome.Postponed postponed -> false;
                    case Outcome.Erased erased -> false;
                    case Outcome.Unwritable unwritable -> false;
                };
        return userServiceIsBack || mailServerIsBack;
    }

    /** No mail is left that could find out, as when all who waited were erased: nothing waits for a server. */
    synchronized void nothingWaits() {
        userService.reached();
        mailServer.reached();
    }

    /** How long to leave the mail server alone, and so to send nothing; zero or less if it may be asked. */
    synchronized Duration pause() {
        return mailServer.pause();
    }

    /** How long to leave user-service alone, and so to send nothing to users; zero or less if it may be asked. */
    synchronized Duration pauseForUsers() {
        return userService.pause();
    }

    private static final class Server {

        private final String activity;
        private final BusStatus status;
        private Pace pace = Pace.ofInfrastructure();
        private Instant closedUntil = Instant.EPOCH;

        /** @param activity what can't go on without it */
        Server(String activity, BusStatus status) {
            this.activity = activity;
            this.status = status;
        }

        /** Says whether it had been missed. */
        boolean reached() {
            boolean wasMissed = closedUntil.isAfter(Instant.EPOCH);
            pace = Pace.ofInfrastructure();
            closedUntil = Instant.EPOCH;
            status.working(activity);
            return wasMissed;
        }

        void missed(Exception failure) {
            Instant now = Instant.now();
            if (now.isBefore(closedUntil)) {
                return; // found out by several workers at the same time
            }
            closedUntil = now.plus(pace.pause());
            pace = pace.slower();
            status.waiting(activity, failure);
        }

        Duration pause() {
            return Duration.between(Instant.now(), closedUntil);
        }
    }
}
