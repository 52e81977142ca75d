/** A service that reaches into another one, as none may. */
@NullMarked
package io.tidings.allinone.coupled.left;

import org.jspecify.annotations.NullMarked;
