package io.tidings.search.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.tidings.bus.web.Problem;
import io.tidings.search.domain.Kind;
import io.tidings.search.domain.Query;
import io.tidings.search.domain.SearchIndex;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class SearchController {

    private final SearchIndex index;

    SearchController(SearchIndex index) {
        this.index = index;
    }

    @GetMapping("/search")
    @Operation(summary = "Finds users and products by words, the best match first.")
    SearchPage search(
            @RequestParam(defaultValue = "")
                    @Size(max = 200)
                    @Parameter(description = "words, with at least one letter or digit")
                    String q,
            @RequestParam(required = false) @Parameter(description = "users or products; both if left out") @Nullable
                    String kind,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit) {
        Query query = new Query(q, kindsOf(kind), cursor == null ? null : Cursor.read(cursor), limit + 1);
        if (!query.hasWords()) {
            throw Problem.badRequest("q", "must have a letter or a digit");
        }
        return SearchPage.of(index.find(query), limit);
    }

    private static Set<Kind> kindsOf(@Nullable String kind) {
        return switch (kind) {
            case null -> EnumSet.allOf(Kind.class);
            case "users" -> EnumSet.of(Kind.USERS);
            case "products" -> EnumSet.of(Kind.PRODUCTS);
            default -> throw Problem.badRequest("kind", "must be users or products, or left out for both");
        };
    }
}
