/** What is done when something happened elsewhere. */
@NullMarked
package io.tidings.shipping.handler;

import org.jspecify.annotations.NullMarked;
