package io.tidings.bus.operations;

import io.tidings.bus.deadletter.ParkedKeys;
import java.util.List;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Names the keys that are parked. A bad message is no bad service: it is up all the same. */
public final class DeadLetterHealthIndicator extends AbstractHealthIndicator {

    private static final int NAMED_AT_MOST = 10;

    private final Lately<Parked> parked;

    private record Parked(ParkedKeys.Extent extent, List<String> oldest) {}

    public DeadLetterHealthIndicator(ParkedKeys keys) {
        this.parked = new Lately<>(() -> new Parked(keys.extent(), keys.oldest(NAMED_AT_MOST)));
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        parked.see()
                .ifPresentOrElse(
                        seen -> health.up()
                                .withDetail("parkedMessages", seen.extent().messages())
                                .withDetail("parkedKeys", seen.extent().keys())
                                .withDetail("oldest", seen.oldest()),
                        () -> health.unknown().withDetail("reason", "The database can't be asked."));
    }
}
