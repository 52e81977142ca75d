/** What is true here, whoever asks and however it is told. */
@NullMarked
package io.tidings.analytics.domain;

import org.jspecify.annotations.NullMarked;
