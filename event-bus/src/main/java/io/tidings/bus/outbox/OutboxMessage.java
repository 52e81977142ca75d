package io.tidings.bus.outbox;

import java.util.Map;

/**
 * A message that waits to be sent.
 *
 * @param id its place in the outbox
 * @param headers what is written on its envelope, by name
 * @param payload the message as JSON
 */
public record OutboxMessage(long id, String topic, String key, Map<String, String> headers, byte[] payload) {}
