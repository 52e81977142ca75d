package io.tidings.email;

import io.tidings.infrastructure.Infrastructure;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The mails that arrived. */
final class Mailboxes {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    record Mail(String subject, String from, String text, String messageId) {}

    private Mailboxes() {}

    static List<Mail> of(String address) {
        try {
            URI uri = URI.create("%s/api/user/%s/messages"
                    .formatted(Infrastructure.shared().mail().mailboxApi(), address));
            HttpResponse<String> answer =
                    HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200
                    ? JsonMapper.shared()
                            .readTree(answer.body())
                            .valueStream()
                            .map(Mailboxes::mail)
                            .toList()
                    : List.of();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Mail mail(JsonNode json) {
        try {
            MimeMessage message = new MimeMessage(
                    Session.getInstance(System.getProperties()),
                    new ByteArrayInputStream(json.get("mimeMessage").asString().getBytes(StandardCharsets.UTF_8)));
            return new Mail(
                    message.getSubject(),
                    message.getFrom()[0].toString(),
                    message.getContent().toString(),
                    message.getMessageID());
        } catch (Exception unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
