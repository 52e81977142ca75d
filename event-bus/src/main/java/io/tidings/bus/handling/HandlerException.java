package io.tidings.bus.handling;

import java.lang.reflect.Method;

/** A handler threw a checked exception or an error, which is its cause: no consumer ends for it. */
public class HandlerException extends RuntimeException {

    HandlerException(Method handler, Throwable cause) {
        super(
                "%s.%s failed: %s".formatted(handler.getDeclaringClass().getSimpleName(), handler.getName(), cause),
                cause);
    }
}
