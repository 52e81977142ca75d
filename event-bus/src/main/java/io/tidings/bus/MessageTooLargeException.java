package io.tidings.bus;

/** A message was published that the broker would refuse. Nothing was published, and the transaction rolls back. */
public class MessageTooLargeException extends RuntimeException {

    public MessageTooLargeException(String type, String key, int size, int limit) {
        super(
                ("%s of %s has %,d bytes, and the broker takes %,d at most: publish what others need to know and a place where"
                                + " they find the rest, or raise tidings.messages.maximum-size with the broker's message.max.bytes.")
                        .formatted(type, key, size, limit));
    }
}
