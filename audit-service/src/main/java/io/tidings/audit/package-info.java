/** Keeps every message that the services tell each other. */
@NullMarked
package io.tidings.audit;

import org.jspecify.annotations.NullMarked;
