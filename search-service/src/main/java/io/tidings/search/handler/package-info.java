/** What is done when something happened elsewhere. */
@NullMarked
package io.tidings.search.handler;

import org.jspecify.annotations.NullMarked;
