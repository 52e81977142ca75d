package io.tidings.recommendation.api;

import io.tidings.recommendation.domain.Recommendation;
import io.tidings.recommendation.domain.Recommender.Recommendations;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What is recommended to a user, the best first, each with what its score is made of. */
record RecommendationResponse(UUID userId, Instant calculatedAt, List<Recommendation> recommendations) {

    static RecommendationResponse of(UUID userId, Recommendations found) {
        return new RecommendationResponse(userId, found.calculatedAt(), found.items());
    }
}
