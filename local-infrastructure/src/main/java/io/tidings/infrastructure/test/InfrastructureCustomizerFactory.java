package io.tidings.infrastructure.test;

import io.tidings.infrastructure.Infrastructure;
import io.tidings.infrastructure.InfrastructureException;
import io.tidings.infrastructure.Part;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.support.TestPropertySourceUtils;

/** Does what {@link OnInfrastructure} says. */
class InfrastructureCustomizerFactory implements ContextCustomizerFactory {

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> configurationAttributes) {
        OnInfrastructure annotation =
                TestContextAnnotationUtils.findMergedAnnotation(testClass, OnInfrastructure.class);
        return annotation == null ? null : new Customizer(partsOf(annotation));
    }

    private static Set<Part> partsOf(OnInfrastructure annotation) {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        parts.addAll(List.of(annotation.value()));
        return parts;
    }

    /** A record: contexts of tests that want the same parts are the same to Spring's cache. */
    private record Customizer(Set<Part> parts) implements ContextCustomizer {

        @Override
        public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
            ConfigurableEnvironment environment = context.getEnvironment();
            Infrastructure infrastructure = Infrastructure.shared();
            InfrastructurePropertySource source =
                    new InfrastructurePropertySource(infrastructure, parts, serviceName(environment));
            MutablePropertySources sources = environment.getPropertySources();
            if (sources.contains(TestPropertySourceUtils.INLINED_PROPERTIES_PROPERTY_SOURCE_NAME)) {
                sources.addAfter(TestPropertySourceUtils.INLINED_PROPERTIES_PROPERTY_SOURCE_NAME, source);
            } else {
                sources.addFirst(source);
            }
            quieten(environment);
            // In the background: the context has other things to do before it needs them, and asks for each when it
            // does.
            parts.stream()
                    .filter(part -> part != Part.MAIL)
                    .forEach(part -> Thread.ofVirtual().start(() -> startEarly(infrastructure, part)));
        }

        private String serviceName(ConfigurableEnvironment environment) {
            String name = environment.getProperty("spring.application.name", "");
            if (name.isEmpty() && parts.contains(Part.POSTGRES)) {
                throw new InfrastructureException(
                        "@OnInfrastructure names the database after the service; set spring.application.name or leave out POSTGRES.");
            }
            return name;
        }

        private static void startEarly(Infrastructure infrastructure, Part part) {
            try {
                infrastructure.start(part);
            } catch (RuntimeException failure) {
                // Whoever asks for the part gets the failure.
            }
        }

        // A broker in the same JVM logs hundreds of lines at its start.
        private static void quieten(ConfigurableEnvironment environment) {
            LoggingSystem logging = LoggingSystem.get(Customizer.class.getClassLoader());
            for (String logger : List.of("kafka", "org.apache.kafka", "state.change.logger")) {
                if (!environment.containsProperty("logging.level." + logger)) {
                    logging.setLogLevel(logger, LogLevel.WARN);
                }
            }
        }
    }
}
