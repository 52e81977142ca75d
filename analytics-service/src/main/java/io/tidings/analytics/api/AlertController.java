package io.tidings.analytics.api;

import io.swagger.v3.oas.annotations.Operation;
import io.tidings.analytics.alerting.Alert;
import io.tidings.analytics.alerting.Alerts;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/analytics/alerts")
class AlertController {

    private static final String LIMIT_RULE = "must be from 1 to 1000";

    private final Alerts alerts;

    AlertController(Alerts alerts) {
        this.alerts = alerts;
    }

    @GetMapping
    @Operation(summary = "Lists alerts, the newest first.")
    AlertPage list(
            @RequestParam(defaultValue = "100")
                    @Min(value = 1, message = LIMIT_RULE)
                    @Max(value = 1000, message = LIMIT_RULE)
                    int limit,
            @RequestParam(required = false) @Nullable UUID cursor) {
        List<Alert> oneMore = alerts.find(cursor, limit + 1);
        List<Alert> page = oneMore.stream().limit(limit).toList();
        return new AlertPage(page, oneMore.size() > limit ? page.getLast().alertId() : null);
    }
}
