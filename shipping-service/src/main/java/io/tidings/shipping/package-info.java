/** Ships what is paid. */
@NullMarked
package io.tidings.shipping;

import org.jspecify.annotations.NullMarked;
