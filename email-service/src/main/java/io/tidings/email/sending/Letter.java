package io.tidings.email.sending;

import io.tidings.email.domain.EmailKind;
import java.util.UUID;

/**
 * What a mail says.
 *
 * @param text plain, in English
 */
record Letter(String recipient, String subject, String text) {

    static Letter to(Addressee addressee, String recipient, DueEmail email) {
        String text = """
                %s,

                %s

                Yours, Tidings
                """.formatted(addressee.salutation(), message(email.kind(), email.regarding(), email.reason()));
        return new Letter(recipient, email.subject(), text);
    }

    private static String message(EmailKind kind, UUID regarding, String reason) {
        return switch (kind) {
            case WELCOME -> "welcome to Tidings! Your account is ready, and so are we.";
            case ORDER_COMPLETED -> "good news: your order %s is paid and on its way to you.".formatted(regarding);
            case ORDER_REJECTED ->
                "we are sorry: we can't deliver your order %s.\n\n%s\n\nIf you have paid, you have your money back."
                        .formatted(regarding, reason);
            case ALERT -> "something needs you now.\n\n%s\n\nIt is alert %s.".formatted(reason, regarding);
            case ORDER_CANCELED ->
                "your order %s is canceled.\n\n%s\n\nIf you have paid, you have your money back."
                        .formatted(regarding, reason);
        };
    }
}
