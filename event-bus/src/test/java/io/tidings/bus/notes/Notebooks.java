package io.tidings.bus.notes;

import static org.awaitility.Awaitility.await;

import io.tidings.bus.EventBus;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** What tests do with notebooks, and what they see of them. */
public class Notebooks {

    private final JdbcTemplate jdbc;
    private final EventBus eventBus;
    private final TransactionTemplate transactions;

    Notebooks(JdbcTemplate jdbc, EventBus eventBus, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.eventBus = eventBus;
        this.transactions = transactions;
    }

    public String anyName() {
        return "notebook-" + UUID.randomUUID();
    }

    /** Turns the page and tells of it, in a transaction that holds the notebook's row lock. */
    public void turnPage(String notebook, String text) {
        transactions.executeWithoutResult(transaction -> eventBus.publish(nextNote(notebook, text)));
    }

    public NoteTaken nextNote(String notebook, String text) {
        Integer page = jdbc.queryForObject("""
                insert into notebook (id, page) values (?, 1)
                on conflict (id) do update set page = notebook.page + 1 returning page
                """, Integer.class, notebook);
        return new NoteTaken(notebook, page, text);
    }

    /** Publishes one note for each text, all in one transaction. */
    public void take(String notebook, String... texts) {
        transactions.executeWithoutResult(transaction -> {
            for (int page = 1; page <= texts.length; page++) {
                eventBus.publish(new NoteTaken(notebook, page, texts[page - 1]));
            }
        });
    }

    /** The pages that handlers wrote down, in that order. */
    public List<Integer> applied(String notebook) {
        return jdbc.queryForList("select page from applied where id = ? order by position", Integer.class, notebook);
    }

    public void awaitApplied(String notebook, Integer... pages) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(() -> applied(notebook).equals(List.of(pages)));
    }

    /** The pages that wait among the dead letters, in that order, each with its state. */
    public List<String> parked(String notebook) {
        return jdbc.queryForList("""
                select state || ' ' || (convert_from(payload, 'UTF8')::jsonb ->> 'page') from dead_letter
                where key = ? and state <> 'DISCARDED' order by position
                """, String.class, notebook);
    }

    public void awaitParked(String notebook, String... pages) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> parked(notebook).equals(List.of(pages)));
    }

    /** The dead letter of a page. What is no page is not read: other tests leave payloads that are no JSON. */
    public UUID deadLetter(String notebook, int page) {
        return jdbc.queryForObject("""
                select id from dead_letter
                where case when key = ? then convert_from(payload, 'UTF8')::jsonb ->> 'page' = ? end
                """, UUID.class, notebook, Integer.toString(page));
    }

    /** Whether the inbox has a note of a message. */
    public boolean isNoted(UUID message) {
        return jdbc.queryForObject("select exists (select from inbox where event_id = ?)", Boolean.class, message);
    }

    public boolean isParked(String notebook) {
        return jdbc.queryForObject("select exists (select from parked_key where key = ?)", Boolean.class, notebook);
    }

    public long outboxStatements() {
        return jdbc.queryForObject("select count(*) from outbox_statement", Long.class);
    }

    /** How many messages of the notebook wait in the outbox. */
    public long waiting(String notebook) {
        return jdbc.queryForObject("select count(*) from outbox where key = ?", Long.class, notebook);
    }

    /** A message may be applied before the relay has heard that it was taken, and deleted it: hence awaited. */
    public void awaitWaiting(String notebook, long messages) {
        await().atMost(Duration.ofSeconds(30)).until(() -> waiting(notebook) == messages);
    }

    public void awaitNothingWaiting() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> jdbc.queryForObject("select count(*) from outbox", Long.class) == 0);
    }
}
