/** All that followed from one request, what it began, and whether that has ended. */
@NullMarked
package io.tidings.audit.domain.flow;

import org.jspecify.annotations.NullMarked;
