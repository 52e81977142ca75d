/** What is true here, whoever asks and however it is told. */
@NullMarked
package io.tidings.shipping.domain;

import org.jspecify.annotations.NullMarked;
