package io.tidings.bus.operations;

import org.springframework.context.SmartLifecycle;

/**
 * How a service hears messages. It can be stopped and started again while the service runs: stopped, the service hears
 * nothing, and still answers and publishes. Whether what it misses waits for it is the transport's affair.
 */
public interface Subscription extends SmartLifecycle {

    /** Whether it has ever heard, or could have: what it listens to is there. Once true, it stays so. */
    boolean hasBegun();
}
