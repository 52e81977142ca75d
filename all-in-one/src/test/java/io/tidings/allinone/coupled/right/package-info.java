/** The service that is reached into. */
@NullMarked
package io.tidings.allinone.coupled.right;

import org.jspecify.annotations.NullMarked;
