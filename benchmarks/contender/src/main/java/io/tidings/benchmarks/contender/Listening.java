package io.tidings.benchmarks.contender;

/** How a consumer is made to listen and not to. */
public interface Listening {

    void start();

    /** Returns when nothing is taken any more. */
    void stop();
}
