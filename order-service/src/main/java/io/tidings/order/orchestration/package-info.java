/** Has orders fulfilled by commands, keeps how far each has come, and has undone what was done if one fails. */
@NullMarked
package io.tidings.order.orchestration;

import org.jspecify.annotations.NullMarked;
