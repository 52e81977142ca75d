package io.tidings.bus.handling;

import io.tidings.events.Message;
import java.lang.reflect.Method;
import java.util.List;

/**
 * One {@link io.tidings.bus.BeforeBatch} method.
 *
 * @param bean that it is called on, whose handlers the messages are for
 * @param method that takes a list of messages
 * @param messageClass what the list holds
 */
record BatchPreparation(Object bean, Method method, Class<?> messageClass) {

    void prepare(List<? extends Message> batch) {
        List<? extends Message> wanted =
                batch.stream().filter(messageClass::isInstance).toList();
        if (!wanted.isEmpty()) {
            MessageHandler.invoke(bean, method, wanted);
        }
    }
}
