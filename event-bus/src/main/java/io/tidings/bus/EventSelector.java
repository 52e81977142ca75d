package io.tidings.bus;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the one method of a handler class that says which events its handlers need, such as {@code boolean
 * concerns(InventoryReserved reserved)}. That makes the service a <a
 * href="https://www.enterpriseintegrationpatterns.com/patterns/messaging/MessageSelector.html">selective consumer</a>: the
 * class's handlers of that type don't get the others, and an event that no handler of the service gets is passed over
 * before a transaction begins. It is noted nowhere, and waits behind no dead letter.
 *
 * <p>The method decides by the event alone, and always in the same way: it is asked outside of any transaction, and more
 * than once. If it throws, the event fails as if its handler had. Commands can't be selected: their owner owes an answer.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface EventSelector {}
