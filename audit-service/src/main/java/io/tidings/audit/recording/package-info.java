/** How every message is kept, and told at once to those who watch. */
@NullMarked
package io.tidings.audit.recording;

import org.jspecify.annotations.NullMarked;
