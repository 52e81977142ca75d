package io.tidings.allinone;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the whole shop without Kafka as a parameter: started for the first that asks, and shared by all. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(OnQuietSystem.Shared.class)
@interface OnQuietSystem {

    /** Keeps the system for the whole test run. */
    final class Shared implements ParameterResolver {

        private static final ExtensionContext.Namespace OURS = ExtensionContext.Namespace.create(Shared.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
            return parameter.getParameter().getType() == Tidings.class;
        }

        @Override
        public Tidings resolveParameter(ParameterContext parameter, ExtensionContext test) {
            return test.getRoot().getStore(OURS).computeIfAbsent(Tidings.class, key -> started(), Tidings.class);
        }

        private static Tidings started() {
            Tidings tidings = ContractDocuments.quietSystem();
            tidings.start();
            return tidings;
        }
    }
}
