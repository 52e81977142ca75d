package io.tidings.infrastructure;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserManager;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of GreenMail standalone's HTTP interface that reads mails, which GreenMail the library lacks: same paths,
 * same status codes, same JSON.
 */
final class MailboxApi implements AutoCloseable {

    private static final Pattern MESSAGES = Pattern.compile("/api/user/([^/]+)/messages(?:/([^/]*))?");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final GreenMail mail;
    private final NewestMails newest;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    MailboxApi(GreenMail mail, NewestMails newest, int requestedPort) {
        this.mail = mail;
        this.newest = newest;
        Loopback.requireFree(requestedPort, "the mailboxes", "withMailboxPort");
        try {
            InetAddress address = InetAddress.getByName(Loopback.HOST);
            this.server = HttpServer.create(new InetSocketAddress(address, requestedPort), 0);
        } catch (IOException failure) {
            threads.close();
            throw new InfrastructureException(
                    "The mailboxes cannot be served on port %d (%s); choose another with EmbeddedOptions.withMailboxPort."
                            .formatted(requestedPort, failure.getMessage()),
                    failure);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI uri() {
        return URI.create("http://" + Loopback.HOST + ":" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer;
            try {
                answer = answer(
                        exchange.getRequestMethod(), exchange.getRequestURI().getPath());
            } catch (FolderException | MessagingException | RuntimeException failure) {
                answer = new Answer(500, message("Mails cannot be read : " + failure.getMessage()));
            }
            byte[] body = JSON.writeValueAsBytes(answer.body());
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Answer answer(String method, String path) throws FolderException, MessagingException {
        Matcher messages = MESSAGES.matcher(path);
        if (method.equals("GET") && messages.matches()) {
            return messages(messages.group(1), messages.group(2));
        }
        return switch (method + " " + path) {
            case "GET /api/user" -> new Answer(200, users());
            case "GET /api/service/readiness" -> new Answer(200, message("Service running"));
            case "POST /api/mail/purge" -> {
                newest.forgetAll();
                yield new Answer(200, message("Purged mails"));
            }
            default -> new Answer(404, message("There is no " + method + " " + path));
        };
    }

    private Answer messages(String user, @Nullable String folder) throws FolderException, MessagingException {
        UserManager users = mail.getUserManager();
        GreenMailUser owner = users.getUser(user) != null ? users.getUser(user) : users.getUserByEmail(user);
        if (owner == null) {
            return new Answer(400, message("User '%s' not found".formatted(user)));
        }
        String name = folder == null || folder.isEmpty() ? "INBOX" : folder;
        MailFolder box = mail.getManagers().getImapHostManager().getFolder(owner, name);
        if (box == null) {
            return new Answer(400, message("User '%s' does not have mailbox folder '%s'".formatted(user, name)));
        }
        List<Map<String, @Nullable String>> list = new ArrayList<>();
        for (StoredMessage stored : box.getMessages()) {
            list.add(json(stored));
        }
        return new Answer(200, list);
    }

    private static Map<String, @Nullable String> json(StoredMessage stored) throws MessagingException {
        MimeMessage message = stored.getMimeMessage();
        Map<String, @Nullable String> json = new LinkedHashMap<>();
        json.put("uid", Long.toString(stored.getUid()));
        json.put("Message-ID", message.getMessageID());
        json.put("subject", message.getSubject());
        json.put("contentType", message.getContentType());
        json.put("mimeMessage", GreenMailUtil.toString(message));
        return json;
    }

    private List<Map<String, String>> users() {
        return mail.getUserManager().listUser().stream()
                .map(user -> Map.of("login", user.getLogin(), "email", user.getEmail()))
                .toList();
    }

    private static Map<String, String> message(String text) {
        return Map.of("message", text);
    }

    private record Answer(int status, Object body) {}
}
