package io.tidings.bus.autoconfigure;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.tidings.bus.web.IdempotencyKeys;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** With springdoc, the service's REST doors are told as OpenAPI, with the problems that all of them may answer. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("tidings.web.problems")
@ConditionalOnClass({OpenAPI.class, OpenApiCustomizer.class})
class OpenApiConfiguration {

    private static final String PROBLEM = "application/problem+json";

    @Bean
    OpenAPI openApi(@Value("${spring.application.name}") String service) {
        return new OpenAPI()
                .info(new Info()
                        .title(service)
                        .version("1.0.0")
                        .description("What callers may ask of %s.".formatted(service)));
    }

    @Bean
    OpenApiCustomizer problems() {
        return document -> document.getPaths()
                .values()
                .forEach(path -> path.readOperations()
                        .forEach(operation -> operation.getResponses().addApiResponse("default", problem())));
    }

    @Bean
    OpenApiCustomizer idempotencyKeysInOpenApi() {
        return document -> document.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .flatMap(operation -> Stream.ofNullable(operation.getParameters()))
                .flatMap(List::stream)
                .filter(parameter -> IdempotencyKeys.HEADER.equals(parameter.getName()))
                .forEach(OpenApiConfiguration::describe);
    }

    private static void describe(Parameter key) {
        key.description(
                "A name of the caller's choice for this request, 1 to %d characters. Sent again under it, the request"
                                .formatted(IdempotencyKeys.LONGEST)
                        + " is not done again but answered as the first time; under a key of another request it is refused (422).");
        key.schema(new StringSchema().minLength(1).maxLength(IdempotencyKeys.LONGEST));
    }

    private static ApiResponse problem() {
        ObjectSchema schema = new ObjectSchema();
        schema.addProperty("title", new StringSchema());
        schema.addProperty("status", new IntegerSchema());
        schema.addProperty("detail", new StringSchema());
        return new ApiResponse()
                .description("A problem detail (RFC 9457) that names the field and the rule.")
                .content(new Content().addMediaType(PROBLEM, new MediaType().schema(schema)));
    }

    /** The description is made when it is first asked for: until then, none of what makes it is needed. */
    @Bean
    static BeanFactoryPostProcessor springdocOnDemand() {
        return beans -> {
            for (String name : beans.getBeanDefinitionNames()) {
                BeanDefinition definition = beans.getBeanDefinition(name);
                if (Optional.ofNullable(definition.getFactoryBeanName())
                                .orElse(name)
                                .startsWith("org.springdoc.")
                        || Optional.ofNullable(definition.getBeanClassName())
                                .orElse("")
                                .startsWith("org.springdoc.")) {
                    definition.setLazyInit(true);
                }
            }
        };
    }
}
