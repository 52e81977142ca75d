/** What is done when something happened elsewhere. */
@NullMarked
package io.tidings.recommendation.handler;

import org.jspecify.annotations.NullMarked;
