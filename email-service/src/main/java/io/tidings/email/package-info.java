/** Tells users by mail what became of what they asked for. */
@NullMarked
package io.tidings.email;

import org.jspecify.annotations.NullMarked;
