/** What is done when something happened elsewhere. */
@NullMarked
package io.tidings.order.handler;

import org.jspecify.annotations.NullMarked;
