package io.tidings.recommendation.api;

import io.swagger.v3.oas.annotations.Operation;
import io.tidings.recommendation.domain.Recommender;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class RecommendationController {

    private final Recommender recommender;

    RecommendationController(Recommender recommender) {
        this.recommender = recommender;
    }

    /** Answers for anyone: who is not known here is a newcomer, and nobody is asked whether there is such a user. */
    @GetMapping("/recommendations/{userId}")
    @Operation(summary = "Recommends products to a user, the best first; whoever is unknown is taken for a newcomer.")
    RecommendationResponse recommendations(
            @PathVariable UUID userId, @RequestParam(defaultValue = "10") @Min(1) @Max(Recommender.KEPT) int limit) {
        return RecommendationResponse.of(userId, recommender.find(userId, limit));
    }
}
