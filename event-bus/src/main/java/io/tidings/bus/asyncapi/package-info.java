/** How a service tells which messages it publishes and handles, in the words of AsyncAPI. */
@NullMarked
package io.tidings.bus.asyncapi;

import org.jspecify.annotations.NullMarked;
