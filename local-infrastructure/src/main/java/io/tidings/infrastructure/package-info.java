/** Real Kafka, PostgreSQL and SMTP on loopback, embedded in this JVM or in containers, behind one interface. */
@NullMarked
package io.tidings.infrastructure;

import org.jspecify.annotations.NullMarked;
