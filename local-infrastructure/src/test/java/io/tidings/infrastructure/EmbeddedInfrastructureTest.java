package io.tidings.infrastructure;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EmbeddedInfrastructureTest extends InfrastructureContract {

    private Infrastructure infrastructure;

    @BeforeAll
    void start() {
        infrastructure = EmbeddedInfrastructure.started(EmbeddedOptions.defaults());
    }

    @AfterAll
    void close() {
        infrastructure.close();
    }

    @Override
    Infrastructure infrastructure() {
        return infrastructure;
    }

    @Test
    void the_mail_server_answers_a_greeting_at_once() throws IOException {
        List<Duration> times = new ArrayList<>();
        for (int greeting = 0; greeting < 10; greeting++) {
            times.add(timeOfGreeting());
        }

        // Each may meet a busy machine, but the second line of a reply that TCP keeps back is late by 40 ms each time.
        assertThat(Collections.min(times)).isLessThan(Duration.ofMillis(30));
    }

    private Duration timeOfGreeting() throws IOException {
        MailServer server = infrastructure.mail();
        try (Socket client = new Socket(server.smtpHost(), server.smtpPort());
                BufferedReader replies = new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII))) {
            assertThat(replies.readLine()).startsWith("220 ");
            long start = System.nanoTime();
            client.getOutputStream().write("EHLO a.customer\r\n".getBytes(US_ASCII));
            String line = replies.readLine();
            while (line != null && line.startsWith("250-")) {
                line = replies.readLine();
            }
            assertThat(line).startsWith("250 ");
            return Duration.ofNanos(System.nanoTime() - start);
        }
    }

    @Test
    void the_newest_mails_of_all_mailboxes_are_kept() throws Exception {
        // given
        String bob = "bob-" + UUID.randomUUID() + "@example.org";
        String eve = "eve-" + UUID.randomUUID() + "@example.org";
        mailTo(bob, "Number 1", "Hello");
        mailTo(eve, "Number 2", "Hello");
        mailTo(bob, "Number 3", "Hello");
        // when
        for (int number = 4; number <= NewestMails.KEPT + 2; number++) {
            mailTo(eve, "Number " + number, "Hello");
        }
        // then
        assertThat(subjectsIn(bob)).containsExactly("Number 3");
        assertThat(subjectsIn(eve))
                .hasSize(NewestMails.KEPT - 1)
                .startsWith("Number 4")
                .endsWith("Number " + (NewestMails.KEPT + 2));
    }

    @Test
    void when_all_mailboxes_were_emptied_what_is_sent_then_is_kept_as_long_as_before() throws Exception {
        // given
        String bob = "bob-" + UUID.randomUUID() + "@example.org";
        String eve = "eve-" + UUID.randomUUID() + "@example.org";
        for (int number = 1; number <= NewestMails.KEPT; number++) {
            mailTo(number % 2 == 0 ? bob : eve, "Old number " + number, "Hello");
        }
        // when
        emptyMailboxes();
        // then
        assertThat(subjectsIn(bob)).isEmpty();
        assertThat(subjectsIn(eve)).isEmpty();
        // when
        mailTo(bob, "Number 1", "Hello");
        mailTo(bob, "Number 2", "Hello");
        for (int number = 3; number <= NewestMails.KEPT; number++) {
            mailTo(eve, "Number " + number, "Hello");
        }
        // then
        assertThat(subjectsIn(bob)).containsExactly("Number 1", "Number 2");
        // when
        mailTo(eve, "Number " + (NewestMails.KEPT + 1), "Hello");
        // then
        assertThat(subjectsIn(bob)).containsExactly("Number 2");
    }

    private void emptyMailboxes() throws Exception {
        URI uri = URI.create(infrastructure.mail().mailboxApi() + "/api/mail/purge");
        HttpRequest purge = HttpRequest.newBuilder(uri)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThat(client.send(purge, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private List<String> subjectsIn(String address) throws Exception {
        return new ObjectMapper().readTree(mailbox(address).body()).findValuesAsText("subject");
    }
}
