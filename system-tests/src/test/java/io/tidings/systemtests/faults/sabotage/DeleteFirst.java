package io.tidings.systemtests.faults.sabotage;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Added to a service, it tells the relay that the broker has acknowledged what was not even sent yet. By reflection, since
 * the services' own classes are only there at run time.
 */
@Configuration(proxyBeanMethods = false)
public class DeleteFirst {

    private static final String BROKER = "io.tidings.bus.outbox.Broker";

    @Bean
    static BeanPostProcessor acknowledgeFirst() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                for (Class<?> type : bean.getClass().getInterfaces()) {
                    if (type.getName().equals(BROKER)) {
                        return hasty(bean, type);
                    }
                }
                return bean;
            }
        };
    }

    private static Object hasty(Object broker, Class<?> type) {
        ExecutorService sending =
                Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            method.setAccessible(true);
            if (!method.getName().equals("send")) {
                return method.invoke(broker, arguments);
            }
            sending.execute(() -> invoke(broker, method, arguments));
            return acknowledged(type, (List<?>) arguments[0]);
        });
    }

    private static void invoke(Object broker, Method method, Object[] arguments) {
        try {
            method.invoke(broker, arguments);
        } catch (ReflectiveOperationException lost) {
            // That is the point of it.
        }
    }

    private static Object acknowledged(Class<?> type, List<?> messages) throws ReflectiveOperationException {
        Set<Object> ids = messages.stream().map(DeleteFirst::idOf).collect(Collectors.toSet());
        Class<?> receipt = Class.forName(BROKER + "$Receipt", true, type.getClassLoader());
        return receipt.getDeclaredConstructor(Set.class, Map.class, Optional.class)
                .newInstance(ids, Map.of(), Optional.empty());
    }

    private static Object idOf(Object message) {
        try {
            return message.getClass().getMethod("id").invoke(message);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
