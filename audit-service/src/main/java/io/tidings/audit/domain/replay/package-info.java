/** How messages of the past are told to one service again. */
@NullMarked
package io.tidings.audit.domain.replay;

import org.jspecify.annotations.NullMarked;
