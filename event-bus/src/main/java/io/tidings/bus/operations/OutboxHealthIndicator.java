package io.tidings.bus.operations;

import io.tidings.bus.outbox.Outbox;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Tells how much waits to leave, and names the keys that are held back. Whether it can leave, the relay tells. */
public final class OutboxHealthIndicator extends AbstractHealthIndicator {

    private static final int COUNTED_AT_MOST = 1_000;
    private static final int NAMED_AT_MOST = 10;

    private final Lately<Outbox.Extent> extent;

    public OutboxHealthIndicator(Outbox outbox) {
        this.extent = new Lately<>(() -> outbox.extent(COUNTED_AT_MOST));
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        extent.see()
                .ifPresentOrElse(
                        seen -> health.up()
                                .withDetail("waiting", seen.messages())
                                .withDetail("oldestSeconds", seen.oldest().toSeconds())
                                .withDetail(
                                        "heldKeys",
                                        seen.heldKeys().stream()
                                                .limit(NAMED_AT_MOST)
                                                .toList()),
                        () -> health.unknown().withDetail("reason", "The database can't be asked."));
    }
}
