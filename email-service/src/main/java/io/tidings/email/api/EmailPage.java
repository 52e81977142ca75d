package io.tidings.email.api;

import io.tidings.email.domain.Email;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** @param next the cursor of the next page; null if this is the last */
record EmailPage(List<EmailResponse> emails, @Nullable UUID next) {

    /** @param oneMore than fit on the page, if there are as many */
    static EmailPage of(List<Email> oneMore, int limit) {
        List<Email> page = oneMore.stream().limit(limit).toList();
        return new EmailPage(
                page.stream().map(EmailResponse::of).toList(),
                oneMore.size() > limit ? page.getLast().id() : null);
    }
}
