/** Runs Spring tests on the shared infrastructure, with one annotation, and sees what lies on its topics. */
@NullMarked
package io.tidings.infrastructure.test;

import org.jspecify.annotations.NullMarked;
