/** Keeps streams of events in PostgreSQL, and tells what they came to at any version and time. */
@NullMarked
package io.tidings.payment.eventstore;

import org.jspecify.annotations.NullMarked;
