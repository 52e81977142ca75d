package io.tidings.recommendation.domain;

import java.util.List;

/**
 * A product for a user, and why.
 *
 * @param score the sum of its parts
 */
public record Recommendation(String sku, String name, String category, double score, Parts parts) {

    /**
     * @param coPurchase how much it goes with what the user has bought
     * @param interest whether it is in a category that the user likes
     * @param popularity how often others order it
     */
    public record Parts(CoPurchase coPurchase, double interest, double popularity) {

        double sum() {
            return coPurchase.score() + interest + popularity;
        }
    }

    public record CoPurchase(double score, List<Similarity> with) {

        public CoPurchase {
            with = List.copyOf(with);
        }
    }

    /**
     * @param sku a product that the user has bought
     * @param cosine from 0, never ordered together, to 1, never ordered apart
     */
    public record Similarity(String sku, long ordersTogether, double cosine) {}
}
