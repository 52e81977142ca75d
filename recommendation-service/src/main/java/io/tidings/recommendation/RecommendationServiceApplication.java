package io.tidings.recommendation;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Recommends products from what was ordered together, what users like and what is popular. Settings are in {@code recommendation-service.yml}. */
@SpringBootApplication
public class RecommendationServiceApplication {

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(RecommendationServiceApplication.class)
                .properties("spring.config.name=recommendation-service")
                .run(arguments);
    }
}
