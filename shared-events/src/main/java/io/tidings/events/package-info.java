/** The language that the services share: messages, their types and topics, and the values they carry. */
@NullMarked
package io.tidings.events;

import org.jspecify.annotations.NullMarked;
