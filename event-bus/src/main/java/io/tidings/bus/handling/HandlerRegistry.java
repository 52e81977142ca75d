package io.tidings.bus.handling;

import io.tidings.bus.BeforeBatch;
import io.tidings.bus.CommandHandler;
import io.tidings.bus.EventHandler;
import io.tidings.bus.EventMetadata;
import io.tidings.bus.EventSelector;
import io.tidings.events.Command;
import io.tidings.events.Event;
import io.tidings.events.Message;
import io.tidings.events.MessageType;
import io.tidings.events.Upcasters;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/** All handlers of a service, found among its beans when it starts. What is wrong with one stops the start. */
public final class HandlerRegistry implements SmartInitializingSingleton {

    private final ListableBeanFactory beans;
    private final Map<String, List<MessageHandler>> handlersByName = new HashMap<>();
    /** In the order of the beans' definitions, so that it is the same in each instance: preparations take locks. */
    private final Map<Object, BatchPreparation> preparations = new LinkedHashMap<>();

    public HandlerRegistry(ListableBeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public void afterSingletonsInstantiated() {
        for (String name : beans.getBeanDefinitionNames()) {
            Class<?> type = beans.getType(name, false);
            if (type != null && !type.getName().startsWith("org.springframework.")) {
                register(name, Proxy.isProxyClass(type) ? targetClass(name) : ClassUtils.getUserClass(type));
            }
        }
    }

    /** Of a bean behind a proxy of its interfaces, whose methods bear none of the annotations. */
    private Class<?> targetClass(String beanName) {
        return AopUtils.getTargetClass(beans.getBean(beanName));
    }

    private void register(String beanName, Class<?> type) {
        Set<Method> annotated = MethodIntrospector.selectMethods(type, (Method method) -> isAnnotated(method));
        if (annotated.isEmpty()) {
            return;
        }
        Object bean = beans.getBean(beanName);
        Optional<Selector> selector = selectorAmong(annotated, bean);
        for (Method method : annotated) {
            if (isAnnotated(method, EventHandler.class)) {
                add(bean, method, Event.class, EventHandler.class, selector);
            }
            if (isAnnotated(method, CommandHandler.class)) {
                add(bean, method, Command.class, CommandHandler.class, Optional.empty());
            }
            if (isAnnotated(method, BeforeBatch.class)) {
                addPreparation(bean, method);
            }
        }
        selector.ifPresent(found -> requireUse(found, annotated));
    }

    private static boolean isAnnotated(Method method) {
        return isAnnotated(method, EventHandler.class)
                || isAnnotated(method, CommandHandler.class)
                || isAnnotated(method, BeforeBatch.class)
                || isAnnotated(method, EventSelector.class);
    }

    /** Also if the annotation stands on the method of an interface or superclass that it overrides. */
    private static boolean isAnnotated(Method method, Class<? extends Annotation> annotation) {
        return AnnotatedElementUtils.hasAnnotation(method, annotation);
    }

    private static Optional<Selector> selectorAmong(Set<Method> methods, Object bean) {
        List<Selector> selectors = methods.stream()
                .filter(method -> isAnnotated(method, EventSelector.class))
                .map(method -> selector(bean, method))
                .toList();
        if (selectors.size() > 1) {
            throw new IllegalStateException("%s has two @EventSelector methods: one must speak for all its handlers."
                    .formatted(selectors.getFirst().method().getDeclaringClass().getName()));
        }
        return selectors.stream().findFirst();
    }

    private static void requireUse(Selector selector, Set<Method> methods) {
        boolean decidesAnything = methods.stream()
                .filter(method -> isAnnotated(method, EventHandler.class))
                .anyMatch(method -> selector.eventClass().isAssignableFrom(method.getParameterTypes()[0]));
        if (!decidesAnything) {
            throw new IllegalStateException(
                    "@EventSelector %s decides about no event that its class handles.".formatted(selector.method()));
        }
    }

    private static Selector selector(Object bean, Method method) {
        boolean wellFormed = method.getParameterCount() == 1
                && Event.class.isAssignableFrom(method.getParameterTypes()[0])
                && method.getReturnType() == boolean.class;
        if (!wellFormed) {
            throw new IllegalStateException(
                    "@EventSelector %s must take one event and return a boolean.".formatted(method));
        }
        return new Selector(bean, invocable(bean, method), method.getParameterTypes()[0]);
    }

    private void add(
            Object bean,
            Method method,
            Class<? extends Message> kind,
            Class<? extends Annotation> annotation,
            Optional<Selector> selector) {
        Class<?>[] parameters = method.getParameterTypes();
        boolean wellFormed = parameters.length >= 1
                && parameters.length <= 2
                && kind.isAssignableFrom(parameters[0])
                && (parameters.length == 1 || parameters[1] == EventMetadata.class);
        if (!wellFormed) {
            throw new IllegalStateException("@%s %s must take one %s and, if it likes, its EventMetadata."
                    .formatted(annotation.getSimpleName(), method, kind.getSimpleName()));
        }
        Class<? extends Message> messageClass = parameters[0].asSubclass(Message.class);
        MessageType type = MessageType.of(messageClass);
        Upcasters.of(messageClass); // one that is broken stops the start
        List<MessageHandler> others = handlersByName.computeIfAbsent(type.name(), name -> new ArrayList<>());
        MessageHandler handler = new MessageHandler(
                bean,
                invocable(bean, method),
                messageClass,
                type,
                isReplayed(method),
                selector.filter(found -> found.decidesAbout(messageClass)));
        for (MessageHandler other : others) {
            if (Command.class.isAssignableFrom(messageClass)) {
                throw new IllegalStateException("%s has two owners, %s and %s: a command has exactly one."
                        .formatted(type.name(), other.description(), handler.description()));
            }
            if (other.messageClass() != messageClass) {
                throw new IllegalStateException("%s and %s both say that they are %s: handle one of them."
                        .formatted(other.messageClass().getName(), messageClass.getName(), type.name()));
            }
        }
        others.add(handler);
    }

    private static boolean isReplayed(Method method) {
        EventHandler annotation = AnnotatedElementUtils.findMergedAnnotation(method, EventHandler.class);
        return annotation == null || annotation.replayed();
    }

    private void addPreparation(Object bean, Method method) {
        Class<?> messageClass = method.getParameterCount() == 1
                ? ResolvableType.forMethodParameter(method, 0)
                        .as(List.class)
                        .getGeneric(0)
                        .toClass()
                : Object.class;
        if (!Message.class.isAssignableFrom(messageClass)) {
            throw new IllegalStateException(
                    "@BeforeBatch %s must take one List of messages, such as List<OrderPlaced>.".formatted(method));
        }
        BatchPreparation preparation = new BatchPreparation(bean, invocable(bean, method), messageClass);
        if (preparations.put(bean, preparation) != null) {
            throw new IllegalStateException("%s has two @BeforeBatch methods: one must prepare for all its handlers."
                    .formatted(method.getDeclaringClass().getName()));
        }
    }

    private static Method invocable(Object bean, Method method) {
        Method invocable = AopUtils.selectInvocableMethod(method, bean.getClass());
        ReflectionUtils.makeAccessible(invocable);
        return invocable;
    }

    /** The handlers of a type of messages, by its name without version; none if it is unknown here. */
    List<MessageHandler> handlersOf(String typeName) {
        return handlersByName.getOrDefault(typeName, List.of());
    }

    /** The types that this service handles. */
    public Set<MessageType> handledTypes() {
        return handlersByName.values().stream()
                .flatMap(List::stream)
                .map(MessageHandler::type)
                .collect(Collectors.toSet());
    }

    /** The messages that this service handles, each in its newest version. */
    public Set<Class<? extends Message>> handledMessages() {
        return handlersByName.values().stream()
                .map(handlers -> handlers.getFirst().messageClass())
                .collect(Collectors.toSet());
    }

    /** Lets each handler class prepare for the messages that its handlers are about to get. */
    void prepare(List<Delivery> batch) {
        preparations.forEach((bean, preparation) -> preparation.prepare(batch.stream()
                .filter(delivery -> delivery.isFor(bean))
                .map(Delivery::message)
                .toList()));
    }
}
