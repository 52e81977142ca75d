package io.tidings.email.sending;

import org.jspecify.annotations.Nullable;

/** @param recipient an address; null if none was found out */
record Attempt(@Nullable String recipient, Outcome outcome) {}
