package io.tidings.infrastructure;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
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
    void a_mailbox_keeps_its_newest_mails() throws Exception {
        // given
        String address = "bob-" + UUID.randomUUID() + "@example.org";
        // when
        for (int number = 1; number <= 2 * EmbeddedMail.KEPT + 1; number++) {
            mailTo(address, "Number " + number, "Hello");
        }
        // then
        List<String> subjects =
                new ObjectMapper().readTree(mailbox(address).body()).findValuesAsText("subject");
        assertThat(subjects)
                .hasSize(EmbeddedMail.KEPT + 1)
                .startsWith("Number " + (EmbeddedMail.KEPT + 1))
                .endsWith("Number " + (2 * EmbeddedMail.KEPT + 1));
    }
}
