/** What is true here, whoever asks and however it is told. */
@NullMarked
package io.tidings.search.domain;

import org.jspecify.annotations.NullMarked;
