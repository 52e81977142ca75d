package io.tidings.search;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Finds users and products by words, in copies of its own. Settings are in {@code search-service.yml}. */
@SpringBootApplication
public class SearchServiceApplication {

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(SearchServiceApplication.class)
                .properties("spring.config.name=search-service")
                .run(arguments);
    }
}
