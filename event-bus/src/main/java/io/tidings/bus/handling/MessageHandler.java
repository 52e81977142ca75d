package io.tidings.bus.handling;

import io.tidings.bus.EventMetadata;
import io.tidings.events.Message;
import io.tidings.events.MessageType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One handler method.
 *
 * @param bean that it is called on
 * @param method that takes the message and, perhaps, its metadata
 * @param messageClass what it handles
 * @param type what that is called
 * @param isReplayed whether it wants a message that is told again
 * @param selector says which of them it needs; without one it needs all
 */
record MessageHandler(
        Object bean,
        Method method,
        Class<? extends Message> messageClass,
        MessageType type,
        boolean isReplayed,
        Optional<Selector> selector) {

    boolean needs(Message message) {
        return selector.map(found -> found.selects(message)).orElse(true);
    }

    void handle(Message message, EventMetadata metadata) {
        invoke(
                bean,
                method,
                method.getParameterCount() == 1 ? new Object[] {message} : new Object[] {message, metadata});
    }

    /** Calls a method, returns what it returns, and throws what it throws. */
    static @Nullable Object invoke(Object bean, Method method, Object... arguments) {
        try {
            return method.invoke(bean, arguments);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new HandlerException(method, thrown.getTargetException());
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException("%s was made accessible at start.".formatted(method), impossible);
        }
    }

    String description() {
        return "%s.%s(%s)"
                .formatted(method.getDeclaringClass().getSimpleName(), method.getName(), messageClass.getSimpleName());
    }
}
