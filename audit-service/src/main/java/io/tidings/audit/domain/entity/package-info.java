/** What was true of an order, a user, a product or an account at any time, told from what was recorded of it. */
@NullMarked
package io.tidings.audit.domain.entity;

import org.jspecify.annotations.NullMarked;
