/** Runs Spring tests on the shared infrastructure, with one annotation. */
@NullMarked
package io.tidings.infrastructure.test;

import org.jspecify.annotations.NullMarked;
