/** What is done when something happened elsewhere. */
@NullMarked
package io.tidings.email.handler;

import org.jspecify.annotations.NullMarked;
