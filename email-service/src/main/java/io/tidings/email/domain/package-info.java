/** What is true here, whoever asks and however it is told. */
@NullMarked
package io.tidings.email.domain;

import org.jspecify.annotations.NullMarked;
