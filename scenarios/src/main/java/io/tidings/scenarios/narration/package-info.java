/** What a scenario tells while it is played, and how that reads. */
@NullMarked
package io.tidings.scenarios.narration;

import org.jspecify.annotations.NullMarked;
