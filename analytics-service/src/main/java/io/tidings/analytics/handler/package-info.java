/** What is done when something happened elsewhere. */
@NullMarked
package io.tidings.analytics.handler;

import org.jspecify.annotations.NullMarked;
