package io.tidings.bus.handling;

import io.tidings.events.Message;
import java.lang.reflect.Method;

/**
 * One {@link io.tidings.bus.EventSelector} method.
 *
 * @param bean that it is called on, whose handlers it speaks for
 * @param method that takes an event and says whether it is needed
 * @param eventClass what it decides about
 */
record Selector(Object bean, Method method, Class<?> eventClass) {

    boolean decidesAbout(Class<? extends Message> messageClass) {
        return eventClass.isAssignableFrom(messageClass);
    }

    boolean selects(Message event) {
        return Boolean.TRUE.equals(MessageHandler.invoke(bean, method, event));
    }
}
