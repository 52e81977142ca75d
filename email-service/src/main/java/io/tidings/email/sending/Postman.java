package io.tidings.email.sending;

import io.tidings.email.sending.Outcome.Refused;
import io.tidings.email.sending.Outcome.Sent;
import jakarta.mail.MessagingException;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Date;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.commons.pool2.ObjectPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;

/** Takes one mail to the mail server, once. */
@Component
class Postman {

    private static final Logger log = LoggerFactory.getLogger(Postman.class);

    private final UserService users;
    private final JavaMailSender mails;
    private final ObjectPool<Transport> connections;
    private final SendingProperties properties;
    /** Asked before the pool: by its own limit, others wait in vain when a connection is lost and none can be opened instead. */
    private final Semaphore mayConnect;

    Postman(UserService users, JavaMailSender mails, ObjectPool<Transport> connections, SendingProperties properties) {
        this.users = users;
        this.mails = mails;
        this.connections = connections;
        this.properties = properties;
        this.mayConnect = new Semaphore(properties.connections(), true);
    }

    /** Of mails that were taken together. Nobody is asked yet. */
    Addressees addresseesOf(Collection<DueEmail> emails) {
        return new Addressees(users, emails);
    }

    /** Must not be called within a transaction. */
    Attempt attempt(DueEmail email, Addressees addressees) throws InterruptedException {
        UUID userId = email.userId();
        if (userId == null) {
            Addressee operators = new Addressee(null, properties.operators(), null);
            return new Attempt(
                    properties.operators(), send(email, Letter.to(operators, properties.operators(), email)));
        }
        Addressee addressee;
        try {
            addressee = addressees.find(userId);
        } catch (RuntimeException failure) {
            return new Attempt(null, Diagnosis.ofLookup(failure, userId));
        }
        String recipient = addressee.email();
        if (recipient == null || recipient.isBlank()) {
            return new Attempt(null, new Refused("user-service knows no address of user %s.".formatted(userId)));
        }
        return new Attempt(recipient, send(email, Letter.to(addressee, recipient, email)));
    }

    private Outcome send(DueEmail email, Letter letter) throws InterruptedException {
        MimeMessage message;
        try {
            message = write(email, letter);
        } catch (MessagingException malformed) {
            return Diagnosis.ofWriting(malformed, letter.recipient());
        }
        if (!mayConnect.tryAcquire(properties.patience().toMillis(), TimeUnit.MILLISECONDS)) {
            return Diagnosis.ofWaiting(properties.patience());
        }
        try {
            return connectAndSend(message, letter);
        } finally {
            mayConnect.release();
        }
    }

    private Outcome connectAndSend(MimeMessage message, Letter letter) {
        Transport connection;
        try {
            connection = connections.borrowObject();
        } catch (Exception failure) {
            return Diagnosis.ofConnecting(failure);
        }
        Outcome outcome = send(message, connection, letter.recipient());
        giveBack(connection, outcome);
        return outcome;
    }

    private static Outcome send(MimeMessage message, Transport connection, String recipient) {
        try {
            connection.sendMessage(message, message.getAllRecipients());
            return new Sent(recipient);
        } catch (MessagingException | RuntimeException failure) {
            return Diagnosis.ofSending(failure, recipient);
        }
    }

    /** After a failure, nobody knows what the server expects next. */
    private void giveBack(Transport connection, Outcome outcome) {
        try {
            if (outcome instanceof Sent) {
                connections.returnObject(connection);
            } else {
                connections.invalidateObject(connection);
            }
        } catch (Exception failure) {
            log.debug("A connection to the mail server could not be closed: {}", failure.toString());
        }
    }

    private MimeMessage write(DueEmail email, Letter letter) throws MessagingException {
        MimeMessage message = mails.createMimeMessage();
        MimeMessageHelper helper = new MimeMessageHelper(message, StandardCharsets.UTF_8.name());
        helper.setValidateAddresses(true);
        helper.setFrom(properties.from());
        helper.setTo(letter.recipient());
        helper.setSubject(letter.subject());
        helper.setText(letter.text());
        helper.setSentDate(new Date());
        message.saveChanges(); // and with it an id of the library's own
        // The same at each attempt: should a mail arrive twice after a crash, it can be seen that it is one.
        message.setHeader("Message-ID", "<%s@tidings.example>".formatted(email.id()));
        return message;
    }
}
