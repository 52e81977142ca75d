/** Runs the whole shop in one JVM. */
@NullMarked
package io.tidings.allinone;

import org.jspecify.annotations.NullMarked;
