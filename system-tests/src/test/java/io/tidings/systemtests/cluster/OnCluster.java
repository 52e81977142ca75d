package io.tidings.systemtests.cluster;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link Cluster} as a parameter: started for the first that asks, shared by all, closed after the last.
 * A test that stops a service starts it again. The order of the classes is that of {@code @Order}: the ledger of the
 * faults must see all that happened, so they come first; and nobody wants a system that was damaged on purpose.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(OnCluster.Shared.class)
public @interface OnCluster {

    /** Keeps the system for the whole test run. */
    final class Shared implements ParameterResolver {

        private static final ExtensionContext.Namespace OURS = ExtensionContext.Namespace.create(Shared.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
            return parameter.getParameter().getType() == Cluster.class;
        }

        @Override
        public Cluster resolveParameter(ParameterContext parameter, ExtensionContext test) {
            return test.getRoot()
                    .getStore(OURS)
                    .computeIfAbsent(Cluster.class, key -> Cluster.started(), Cluster.class);
        }
    }
}
