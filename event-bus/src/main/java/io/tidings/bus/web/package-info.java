/** How services answer over HTTP: one form of errors, one limit of sizes, one answer to what is asked twice. */
@NullMarked
package io.tidings.bus.web;

import org.jspecify.annotations.NullMarked;
