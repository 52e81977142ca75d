package io.tidings.recommendation.domain;

import io.tidings.recommendation.domain.Candidate.Together;
import io.tidings.recommendation.domain.Recommendation.CoPurchase;
import io.tidings.recommendation.domain.Recommendation.Parts;
import io.tidings.recommendation.domain.Recommendation.Similarity;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Decides what is recommended to whom. Two products are as similar as the cosine of the angle between them as vectors of
 * the orders that they were in, as in <a href="https://doi.org/10.1109/MIC.2003.1167344">Amazon's item-to-item
 * collaborative filtering</a>: {@code co(a,b) / sqrt(n(a) n(b))}, so that what everyone orders is not similar to
 * everything.
 */
public final class Scoring {

    /** What a category that the user likes is worth: as much as half a product that is never ordered without. */
    static final double INTEREST = 0.5;

    /** What the most popular product of all gets for that: it decides among what is otherwise alike, and for newcomers. */
    static final double POPULARITY = 0.1;

    private static final Comparator<Recommendation> BEST_FIRST =
            Comparator.comparingDouble(Recommendation::score).reversed().thenComparing(Recommendation::sku);

    private Scoring() {}

    /**
     * The best for a user, the best first. Never what the user has bought already, and never what nothing speaks for.
     *
     * @param mostOrders how often the most popular product of all was ordered
     */
    public static List<Recommendation> recommend(
            Shopper shopper, Collection<Candidate> candidates, long mostOrders, int limit) {
        return candidates.stream()
                .filter(candidate -> !shopper.bought().contains(candidate.sku()))
                .map(candidate -> recommend(shopper, candidate, mostOrders))
                .filter(recommendation -> recommendation.score() > 0)
                .sorted(BEST_FIRST)
                .limit(limit)
                .toList();
    }

    private static Recommendation recommend(Shopper shopper, Candidate candidate, long mostOrders) {
        Parts parts = new Parts(
                coPurchaseOf(candidate),
                shopper.likes(candidate.category()) ? INTEREST : 0,
                mostOrders == 0 ? 0 : POPULARITY * candidate.orders() / mostOrders);
        return new Recommendation(candidate.sku(), candidate.name(), candidate.category(), parts.sum(), parts);
    }

    private static CoPurchase coPurchaseOf(Candidate candidate) {
        List<Similarity> with = candidate.boughtTogether().stream()
                .map(together ->
                        new Similarity(together.sku(), together.together(), cosine(candidate.orders(), together)))
                .sorted(Comparator.comparingDouble(Similarity::cosine)
                        .reversed()
                        .thenComparing(Similarity::sku))
                .toList();
        return new CoPurchase(with.stream().mapToDouble(Similarity::cosine).sum(), with);
    }

    private static double cosine(long orders, Together together) {
        return together.together() / Math.sqrt((double) orders * together.orders());
    }
}
