/** How the committed schemas are made from the records, and what keeps them from breaking anyone. */
@NullMarked
package io.tidings.events.schemas;

import org.jspecify.annotations.NullMarked;
