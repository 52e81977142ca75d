package io.tidings.email;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.server.AbstractServer;
import com.icegreen.greenmail.server.ProtocolHandler;
import com.icegreen.greenmail.smtp.SmtpHandler;
import com.icegreen.greenmail.smtp.SmtpManager;
import com.icegreen.greenmail.smtp.SmtpServer;
import com.icegreen.greenmail.smtp.SmtpState;
import com.icegreen.greenmail.smtp.commands.SmtpCommandRegistry;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A GreenMail that may refuse recipients, and hang up. */
final class StrictMailServer extends GreenMail implements AutoCloseable {

    private final Function<String, String> reply;
    private final Runnable taken;
    /** Of all who ever called. */
    private final List<Socket> connections = new CopyOnWriteArrayList<>();

    /** @param reply to a recipient; null to accept it */
    StrictMailServer(Function<String, String> reply) {
        this(reply, () -> {});
    }

    /** @param taken what happens when a mail was taken, before the sender is told so */
    StrictMailServer(Function<String, String> reply, Runnable taken) {
        super(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        this.reply = reply;
        this.taken = taken;
        start();
    }

    int port() {
        return getSmtp().getPort();
    }

    int connections() {
        return connections.size();
    }

    /** Without a word, as a server does that restarts, or that has waited for long enough. */
    void hangUp() throws IOException {
        for (Socket connection : connections) {
            if (!connection.isClosed()) {
                connection.shutdownOutput();
            }
        }
    }

    @Override
    public void close() {
        stop();
    }

    @Override
    protected Map<String, AbstractServer> createServices(ServerSetup[] setups, Managers managers) {
        return Arrays.stream(setups)
                .collect(Collectors.toMap(ServerSetup::getProtocol, setup -> new StrictServer(setup, managers)));
    }

    private final class StrictServer extends SmtpServer {

        private final SmtpManager mailboxes;

        private StrictServer(ServerSetup setup, Managers managers) {
            super(setup, managers);
            mailboxes = new SmtpManager(managers.getImapHostManager(), managers.getUserManager()) {
                @Override
                public String checkRecipient(SmtpState state, MailAddress recipient) {
                    return reply.apply(recipient.getEmail());
                }

                @Override
                public synchronized void send(SmtpState state) {
                    super.send(state);
                    taken.run();
                }
            };
        }

        @Override
        protected ProtocolHandler createProtocolHandler(Socket socket) {
            connections.add(socket);
            return new SmtpHandler(new SmtpCommandRegistry(), mailboxes, socket);
        }
    }
}
