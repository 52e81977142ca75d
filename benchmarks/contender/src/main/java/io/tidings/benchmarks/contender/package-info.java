/** What every contender process has in common: orders, the load on them, and the conversation with the harness. */
@NullMarked
package io.tidings.benchmarks.contender;

import org.jspecify.annotations.NullMarked;
