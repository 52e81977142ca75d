package io.tidings.order.orchestration;

import io.tidings.bus.operations.BusStatus;
import io.tidings.bus.operations.Clockwork;
import org.springframework.stereotype.Component;

/**
 * Looks for answers that did not come. Deadlines are in the database and any instance may notice one, so none is missed
 * however many instances run, stop or die.
 */
@Component
class DeadlineWatcher extends Clockwork {

    private static final int BATCH = 200;

    private final Orchestrator orchestrator;

    DeadlineWatcher(Orchestrator orchestrator, BusStatus status, OrchestrationProperties properties) {
        super("deadline watcher", properties.watchEvery(), properties.watchEvery(), status);
        this.orchestrator = orchestrator;
    }

    @Override
    protected boolean turn() {
        return orchestrator.tellOverdue(BATCH) == BATCH;
    }
}
