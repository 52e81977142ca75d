package io.tidings.events.notification;

/** How soon someone must look at an alert. */
public enum Severity {
    /** Some time today. */
    WARNING,
    /** Now. */
    CRITICAL
}
