/** Contracts as they must not be, so that the rules can be seen to refuse them. */
@NullMarked
package io.tidings.allinone.coupled.contracts;

import org.jspecify.annotations.NullMarked;
