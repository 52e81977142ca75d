/** Knows the users of the shop. */
@NullMarked
package io.tidings.user;

import org.jspecify.annotations.NullMarked;
