/** What can be asked of the running system on a command line: flows, events as they happen, and states as they were. */
@NullMarked
package io.tidings.scenarios.terminal;

import org.jspecify.annotations.NullMarked;
