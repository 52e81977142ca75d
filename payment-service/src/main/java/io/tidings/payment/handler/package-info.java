/** What is done when something happened elsewhere. */
@NullMarked
package io.tidings.payment.handler;

import org.jspecify.annotations.NullMarked;
