package io.tidings.recommendation.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidings.recommendation.domain.Candidate.Together;
import io.tidings.recommendation.domain.Recommendation.CoPurchase;
import io.tidings.recommendation.domain.Recommendation.Parts;
import io.tidings.recommendation.domain.Recommendation.Similarity;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScoringTest {

    private static final long MOST_ORDERS = 100;

    @Test
    void what_is_ordered_with_what_the_user_has_bought_scores_by_the_cosine_of_their_orders() {
        // given: 20 orders with coffee, 5 with filters, 4 with both; 80 with milk, 8 of them with coffee
        Shopper shopper = new Shopper(Set.of(), Set.of("coffee"));
        Candidate filters = candidate("filters", "kitchen", 5, new Together("coffee", 20, 4));
        Candidate milk = candidate("milk", "groceries", 80, new Together("coffee", 20, 8));

        // when
        List<Recommendation> recommended = Scoring.recommend(shopper, List.of(milk, filters), MOST_ORDERS, 10);

        // then: milk is ordered with coffee more often, and with everything else too
        assertThat(recommended).extracting(Recommendation::sku).containsExactly("filters", "milk");
        assertThat(recommended.getFirst().parts().coPurchase())
                .isEqualTo(new CoPurchase(0.4, List.of(new Similarity("coffee", 4, 0.4))));
        assertThat(recommended.getLast().parts().coPurchase().score()).isCloseTo(0.2, within(1e-12));
    }

    @Test
    void what_goes_with_several_things_scores_their_sum_and_names_the_strongest_first() {
        Shopper shopper = new Shopper(Set.of(), Set.of("coffee", "cups"));
        Candidate saucers =
                candidate("saucers", "kitchen", 4, new Together("coffee", 16, 2), new Together("cups", 4, 4));

        Recommendation recommended = only(shopper, saucers);

        assertThat(recommended.parts().coPurchase().score()).isCloseTo(0.25 + 1, within(1e-12));
        assertThat(recommended.parts().coPurchase().with())
                .extracting(Similarity::sku)
                .containsExactly("cups", "coffee");
    }

    @Test
    void a_category_that_the_user_likes_counts_however_it_is_capitalised() {
        Shopper shopper = new Shopper(Set.of("Kitchen"), Set.of());

        assertThat(only(shopper, candidate("cups", "KITCHEN", 0)).parts())
                .isEqualTo(new Parts(new CoPurchase(0, List.of()), Scoring.INTEREST, 0));
    }

    @Test
    void a_newcomer_gets_what_is_popular_the_most_popular_first() {
        List<Recommendation> recommended = Scoring.recommend(
                Shopper.newcomer(),
                List.of(candidate("cups", "kitchen", 50), candidate("milk", "groceries", 100)),
                MOST_ORDERS,
                10);

        assertThat(recommended).extracting(Recommendation::sku).containsExactly("milk", "cups");
        assertThat(recommended)
                .extracting(Recommendation::score)
                .containsExactly(Scoring.POPULARITY, Scoring.POPULARITY / 2);
    }

    @Test
    void an_interest_weighs_more_than_all_popularity_and_less_than_what_is_never_ordered_apart() {
        Shopper shopper = new Shopper(Set.of("books"), Set.of("cups"));

        List<Recommendation> recommended = Scoring.recommend(
                shopper,
                List.of(
                        candidate("milk", "groceries", 100),
                        candidate("novel", "books", 0),
                        candidate("saucers", "kitchen", 9, new Together("cups", 9, 9))),
                MOST_ORDERS,
                10);

        assertThat(recommended).extracting(Recommendation::sku).containsExactly("saucers", "novel", "milk");
    }

    @Test
    void a_score_is_the_sum_of_its_parts() {
        Shopper shopper = new Shopper(Set.of("kitchen"), Set.of("cups"));

        Recommendation recommended = only(shopper, candidate("saucers", "kitchen", 50, new Together("cups", 50, 25)));

        assertThat(recommended.score()).isCloseTo(0.5 + Scoring.INTEREST + Scoring.POPULARITY / 2, within(1e-12));
    }

    @Test
    void what_the_user_has_bought_and_what_nothing_speaks_for_is_left_out() {
        Shopper shopper = new Shopper(Set.of(), Set.of("cups"));

        assertThat(Scoring.recommend(
                        shopper,
                        List.of(candidate("cups", "kitchen", 100), candidate("anvil", "tools", 0)),
                        MOST_ORDERS,
                        10))
                .isEmpty();
    }

    @Test
    void no_more_than_asked_for_are_recommended_and_equals_come_in_the_order_of_their_skus() {
        List<Candidate> alike =
                List.of(candidate("c", "tools", 1), candidate("a", "tools", 1), candidate("b", "tools", 1));

        assertThat(Scoring.recommend(Shopper.newcomer(), alike, MOST_ORDERS, 2))
                .extracting(Recommendation::sku)
                .containsExactly("a", "b");
    }

    @Test
    void where_nothing_was_ever_ordered_nothing_is_popular() {
        assertThat(Scoring.recommend(Shopper.newcomer(), List.of(candidate("cups", "kitchen", 0)), 0, 10))
                .isEmpty();
    }

    private static Recommendation only(Shopper shopper, Candidate candidate) {
        List<Recommendation> recommended = Scoring.recommend(shopper, List.of(candidate), MOST_ORDERS, 10);
        assertThat(recommended).hasSize(1);
        return recommended.getFirst();
    }

    private static Candidate candidate(String sku, String category, long orders, Together... together) {
        return new Candidate(sku, sku, category, orders, List.of(together));
    }
}
