/** The one door for REST: every request is passed on to the service that owns its path, every answer passed back. */
@NullMarked
package io.tidings.gateway;

import org.jspecify.annotations.NullMarked;
