package io.tidings.recommendation.domain;

import java.util.List;

/**
 * A product that may be recommended, and what is known of it.
 *
 * @param orders completed orders that it was in
 * @param boughtTogether for each of the user's own products with which it was ordered, how often
 */
public record Candidate(String sku, String name, String category, long orders, List<Together> boughtTogether) {

    public Candidate {
        boughtTogether = List.copyOf(boughtTogether);
    }

    /**
     * @param sku a product that the user has bought
     * @param orders completed orders that it was in
     * @param together completed orders that both were in
     */
    public record Together(String sku, long orders, long together) {}
}
