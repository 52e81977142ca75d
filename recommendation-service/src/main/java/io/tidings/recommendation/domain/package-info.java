/** What is true here, whoever asks and however it is told. */
@NullMarked
package io.tidings.recommendation.domain;

import org.jspecify.annotations.NullMarked;
