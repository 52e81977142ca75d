package io.tidings.systemtests;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link RunningSystem} as a parameter: started for the first that asks, shared by all, closed after the
 * last. A test that stops a service starts it again.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(OnRunningSystem.Shared.class)
@interface OnRunningSystem {

    /** Keeps the system for the whole test run. */
    final class Shared implements ParameterResolver {

        private static final ExtensionContext.Namespace OURS = ExtensionContext.Namespace.create(Shared.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
            return parameter.getParameter().getType() == RunningSystem.class;
        }

        @Override
        public RunningSystem resolveParameter(ParameterContext parameter, ExtensionContext test) {
            return test.getRoot()
                    .getStore(OURS)
                    .computeIfAbsent(RunningSystem.class, key -> RunningSystem.start(), RunningSystem.class);
        }
    }
}
