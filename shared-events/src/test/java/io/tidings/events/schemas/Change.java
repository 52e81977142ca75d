package io.tidings.events.schemas;

/**
 * One difference between two schemas.
 *
 * @param path where, such as {@code lines[].quantity}; empty for the message itself
 * @param what happened there
 * @param breaks whom
 */
record Change(String path, String what, Breaks breaks) {

    @Override
    public String toString() {
        return "%s: %s%s (%s)"
                .formatted(breaks, path.isEmpty() ? "the message " : "'" + path + "' ", what, breaks.meaning());
    }
}
