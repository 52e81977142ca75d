package io.tidings.email.api;

import io.swagger.v3.oas.annotations.Operation;
import io.tidings.email.domain.Email;
import io.tidings.email.domain.EmailQuery;
import io.tidings.email.domain.EmailStatus;
import io.tidings.email.domain.Emails;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/emails")
class EmailController {

    private static final String LIMIT_RULE = "must be from 1 to 1000";

    private final Emails emails;

    EmailController(Emails emails) {
        this.emails = emails;
    }

    @GetMapping
    @Operation(summary = "Lists mails, the newest first.")
    EmailPage list(
            @RequestParam(required = false) @Nullable UUID userId,
            @RequestParam(required = false)
                    @Pattern(regexp = "PENDING|SENT|FAILED", message = "must be PENDING, SENT or FAILED")
                    @Nullable
                    String status,
            @RequestParam(defaultValue = "100")
                    @Min(value = 1, message = LIMIT_RULE)
                    @Max(value = 1000, message = LIMIT_RULE)
                    int limit,
            @RequestParam(required = false) @Nullable UUID cursor) {
        EmailStatus wanted = status == null ? null : EmailStatus.valueOf(status);
        List<Email> oneMore = emails.find(new EmailQuery(userId, wanted, cursor, limit + 1));
        return EmailPage.of(oneMore, limit);
    }
}
