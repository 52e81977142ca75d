package io.tidings.email.sending;

/** @param recipient the address that it went to */
record SentEmail(DueEmail email, String recipient) {}
