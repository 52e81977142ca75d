/** What is true here, whoever asks and however it is told. */
@NullMarked
package io.tidings.audit.domain;

import org.jspecify.annotations.NullMarked;
