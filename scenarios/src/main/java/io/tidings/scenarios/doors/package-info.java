/** What the running system is asked over HTTP, and what it answers. */
@NullMarked
package io.tidings.scenarios.doors;

import org.jspecify.annotations.NullMarked;
