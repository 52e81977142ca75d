package io.tidings.infrastructure;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.server.AbstractServer;
import com.icegreen.greenmail.server.ProtocolHandler;
import com.icegreen.greenmail.smtp.SmtpServer;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.MessageDeliveryHandler;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import java.net.Socket;
import java.net.SocketException;
import java.util.Map;

/** GreenMail's SMTP server with mailboxes in memory, each of which keeps the newest mails. */
final class EmbeddedMail implements AutoCloseable {

    /** A mailbox that has twice as many loses the older half. */
    static final int KEPT = 25;

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
        forgetOldMails(mail.getManagers());
        try {
            this.mailboxes = new MailboxApi(mail, requestedMailboxPort);
        } catch (RuntimeException failure) {
            mail.stop();
            throw failure;
        }
    }

    /** Otherwise a load of some hours would fill the memory. */
    private static void forgetOldMails(Managers managers) {
        MessageDeliveryHandler addressee = managers.getUserManager().getMessageDeliveryHandler();
        managers.getUserManager().setMessageDeliveryHandler((message, address) -> {
            GreenMailUser user = addressee.handle(message, address);
            try {
                MailFolder inbox = managers.getImapHostManager().getInbox(user);
                if (inbox.getMessageCount() >= 2 * KEPT) {
                    inbox.getMessages().stream().limit(KEPT).forEach(old -> old.setFlag(Flags.Flag.DELETED, true));
                    inbox.expunge();
                }
            } catch (FolderException failure) {
                throw new MessagingException("The mailbox of %s can't be used.".formatted(address.getEmail()), failure);
            }
            return user;
        });
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
