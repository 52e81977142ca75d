package io.tidings.benchmarks.gruelbox;

/** What the outbox calls after the commit. Its arguments are what is kept in the outbox. */
public interface Sender {

    void send(String key, String json);
}
