/** What happens to users, as user-service tells it. */
@NullMarked
package io.tidings.events.user;

import org.jspecify.annotations.NullMarked;
