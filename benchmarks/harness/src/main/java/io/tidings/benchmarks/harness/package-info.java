/** Runs contenders in alternation, counts every event, and writes reports. */
@NullMarked
package io.tidings.benchmarks.harness;

import org.jspecify.annotations.NullMarked;
