/** Every pattern as a flow that is played against the running system, told and checked. */
@NullMarked
package io.tidings.scenarios;

import org.jspecify.annotations.NullMarked;
