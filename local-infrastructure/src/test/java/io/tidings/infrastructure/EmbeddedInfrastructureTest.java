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

    private List<String> subjectsIn(String address) throws Exception {
        return new ObjectMapper().readTree(mailbox(address).body()).findValuesAsText("subject");
    }
}
