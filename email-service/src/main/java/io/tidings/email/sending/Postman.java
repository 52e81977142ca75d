package io.tidings.email.sending;

import io.tidings.email.sending.Outcome.Refused;
import io.tidings.email.sending.Outcome.Sent;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.springframework.mail.MailException;
import org.springframework.mail.MailParseException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;

/** Takes one mail to the mail server, once. */
@Component
class Postman {

    private final UserService users;
    private final JavaMailSender mailServer;
    private final SendingProperties properties;

    Postman(UserService users, JavaMailSender mailServer, SendingProperties properties) {
        this.users = users;
        this.mailServer = mailServer;
        this.properties = properties;
    }

    /** Must not be called within a transaction. */
    Attempt attempt(DueEmail email) {
        UUID userId = email.userId();
        if (userId == null) {
            Addressee operators = new Addressee(properties.operators(), null);
            return new Attempt(
                    properties.operators(), send(email, Letter.to(operators, properties.operators(), email)));
        }
        Addressee addressee;
        try {
            addressee = users.find(userId);
        } catch (RuntimeException failure) {
            return new Attempt(null, Diagnosis.ofLookup(failure, userId));
        }
        String recipient = addressee.email();
        if (recipient == null || recipient.isBlank()) {
            return new Attempt(null, new Refused("user-service knows no address of user %s.".formatted(userId)));
        }
        return new Attempt(recipient, send(email, Letter.to(addressee, recipient, email)));
    }

    private Outcome send(DueEmail email, Letter letter) {
        try {
            mailServer.send(write(email, letter));
            return new Sent(letter.recipient());
        } catch (MailException failure) {
            return Diagnosis.ofSending(failure, letter.recipient());
        }
    }

    private MimeMessage write(DueEmail email, Letter letter) {
        MimeMessage message = mailServer.createMimeMessage();
        try {
            MimeMessageHelper helper = new MimeMessageHelper(message, StandardCharsets.UTF_8.name());
            helper.setValidateAddresses(true);
            helper.setFrom(properties.from());
            helper.setTo(letter.recipient());
            helper.setSubject(letter.subject());
            helper.setText(letter.text());
            // The same at each attempt: should a mail arrive twice after a crash, it can be seen that it is one.
            message.setHeader("Message-ID", "<%s@tidings.example>".formatted(email.id()));
            return message;
        } catch (MessagingException malformed) {
            throw new MailParseException(malformed);
        }
    }
}
