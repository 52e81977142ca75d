package io.tidings.infrastructure;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;

/** GreenMail's SMTP server with mailboxes in memory. */
final class EmbeddedMail implements AutoCloseable {

    private final GreenMail mail;
    private final MailboxApi mailboxes;

    EmbeddedMail(int requestedSmtpPort, int requestedMailboxPort) {
        Loopback.requireFree(requestedSmtpPort, "SMTP", "withSmtpPort");
        ServerSetup smtp = new ServerSetup(requestedSmtpPort, Loopback.HOST, ServerSetup.PROTOCOL_SMTP);
        smtp.setServerStartupTimeout(10_000);
        this.mail = new GreenMail(smtp);
        try {
            mail.start();
        } catch (RuntimeException failure) {
            throw new InfrastructureException(
                    "The SMTP server did not start on port %d; choose another with EmbeddedOptions.withSmtpPort."
                            .formatted(requestedSmtpPort),
                    failure);
        }
        try {
            this.mailboxes = new MailboxApi(mail, requestedMailboxPort);
        } catch (RuntimeException failure) {
            mail.stop();
            throw failure;
        }
    }

    MailServer server() {
        return new MailServer(Loopback.HOST, mail.getSmtp().getPort(), mailboxes.uri());
    }

    @Override
    public void close() {
        mailboxes.close();
        mail.stop();
    }
}
