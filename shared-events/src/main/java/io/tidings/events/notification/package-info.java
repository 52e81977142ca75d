/** What was told to people, as email-service tells it. */
@NullMarked
package io.tidings.events.notification;

import org.jspecify.annotations.NullMarked;
