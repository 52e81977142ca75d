package io.tidings.bus;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the one method of a handler class that is called before the handlers, in their transaction, with the messages of
 * a batch that they are about to get: {@code void prepare(List<OrderPlaced> orders)}. It loads and locks what they need,
 * in one query and in a fixed order, so that there is no query per event and no deadlock between two batches.
 *
 * <p>What is new has no row yet. To ask for each of them would be a query per event again: let {@link PerTransaction}
 * remember what was not found.
 *
 * <p>The list's type chooses the messages: those of the class's handlers that are of that type. It is never empty.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface BeforeBatch {}
