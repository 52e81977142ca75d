package io.tidings.infrastructure;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.server.AbstractServer;
import com.icegreen.greenmail.server.ProtocolHandler;
import com.icegreen.greenmail.smtp.SmtpServer;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.net.Socket;
import java.net.SocketException;
import java.util.Map;

/** GreenMail's SMTP server with mailboxes in memory, which keep the {@linkplain NewestMails newest mails}. */
final class EmbeddedMail implements AutoCloseable {

    private final GreenMail mail;
    private final MailboxApi mailboxes;

    EmbeddedMail(int requestedSmtpPort, int requestedMailboxPort) {
        Loopback.requireFree(requestedSmtpPort, "SMTP", "withSmtpPort");
        ServerSetup smtp = new ServerSetup(requestedSmtpPort, Loopback.HOST, ServerSetup.PROTOCOL_SMTP);
        smtp.setServerStartupTimeout(10_000);
        this.mail = new PromptGreenMail(smtp);
        try {
            mail.start();
        } catch (RuntimeException failure) {
            throw new InfrastructureException(
                    "The SMTP server did not start on port %d; choose another with EmbeddedOptions.withSmtpPort."
                            .formatted(requestedSmtpPort),
                    failure);
        }
        NewestMails newest = NewestMails.of(mail);
        try {
            this.mailboxes = new MailboxApi(mail, newest, requestedMailboxPort);
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

    /**
     * GreenMail writes a reply of several lines piece by piece, and TCP keeps the second piece back until the first is
     * acknowledged: some 40 ms for each mail.
     */
    private static final class PromptGreenMail extends GreenMail {

        PromptGreenMail(ServerSetup smtp) {
            super(smtp);
        }

        @Override
        protected Map<String, AbstractServer> createServices(ServerSetup[] setups, Managers managers) {
            return Map.of(ServerSetup.PROTOCOL_SMTP, new SmtpServer(setups[0], managers) {
                @Override
                protected ProtocolHandler createProtocolHandler(Socket client) {
                    try {
                        client.setTcpNoDelay(true);
                    } catch (SocketException gone) {
                        // Who has closed the connection waits for no reply.
                    }
                    return super.createProtocolHandler(client);
                }
            });
        }
    }
}
