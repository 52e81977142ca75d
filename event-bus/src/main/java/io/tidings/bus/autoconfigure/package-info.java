/** How Spring Boot puts the bus together. */
@NullMarked
package io.tidings.bus.autoconfigure;

import org.jspecify.annotations.NullMarked;
