/** Who may do what on Kafka, as a file that people read, and as the access control lists of brokers. */
@NullMarked
package io.tidings.rights;

import org.jspecify.annotations.NullMarked;
