/** Keeps the users' wallets, and takes payments from them. */
@NullMarked
package io.tidings.payment;

import org.jspecify.annotations.NullMarked;
