/** What is done when something happened elsewhere. */
@NullMarked
package io.tidings.warehouse.handler;

import org.jspecify.annotations.NullMarked;
