/** How mails that are due are sent, tried again and given up. */
@NullMarked
package io.tidings.email.sending;

import org.jspecify.annotations.NullMarked;
