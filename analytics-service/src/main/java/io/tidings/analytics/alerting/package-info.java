/** When an operator must be told, and that one incident is told of once. */
@NullMarked
package io.tidings.analytics.alerting;

import org.jspecify.annotations.NullMarked;
