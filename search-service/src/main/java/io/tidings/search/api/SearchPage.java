package io.tidings.search.api;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.tidings.events.Money;
import io.tidings.search.domain.Found;
import io.tidings.search.domain.Found.FoundProduct;
import io.tidings.search.domain.Found.FoundUser;
import io.tidings.search.domain.Query.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of what was found, the best first.
 *
 * @param next give it as {@code cursor} to get the page after this one; null if this is the last
 */
record SearchPage(List<Result> results, @Nullable String next) {

    /** Something that was found, and of what kind it is. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = UserResult.class, name = "user"),
        @JsonSubTypes.Type(value = ProductResult.class, name = "product")
    })
    sealed interface Result {

        static Result of(Found found) {
            return switch (found) {
                case FoundUser user ->
                    new UserResult(user.id(), user.name(), user.interests(), user.highlight(), user.rank());
                case FoundProduct product ->
                    new ProductResult(
                            product.id(),
                            product.name(),
                            product.category(),
                            product.price(),
                            product.highlight(),
                            product.rank());
            };
        }
    }

    record UserResult(String userId, String name, List<String> interests, String highlight, double rank)
            implements Result {}

    record ProductResult(String sku, String name, String category, Money price, String highlight, double rank)
            implements Result {}

    /** @param found those of the page and, where there are more, one of the next */
    static SearchPage of(List<Found> found, int limit) {
        if (found.size() <= limit) {
            return new SearchPage(found.stream().map(Result::of).toList(), null);
        }
        List<Found> page = found.subList(0, limit);
        return new SearchPage(page.stream().map(Result::of).toList(), Cursor.write(Position.of(page.getLast())));
    }
}
