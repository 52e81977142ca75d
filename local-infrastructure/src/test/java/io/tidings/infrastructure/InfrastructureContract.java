package io.tidings.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What holds for every infrastructure, whatever it runs on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class InfrastructureContract {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    abstract Infrastructure infrastructure();

    @Test
    void a_record_that_was_sent_is_received_by_a_group_of_the_new_protocol() throws Exception {
        // given
        String topic = createTopic();
        // when
        send(topic, "key", "value");
        // then
        List<ConsumerRecord<String, String>> received = receive(topic, 1);
        assertThat(received).extracting(ConsumerRecord::value).containsExactly("value");
    }

    @Test
    void topics_are_not_made_by_themselves() throws Exception {
        // given
        String topic = "never-made-" + UUID.randomUUID();
        // when, then
        assertThatThrownBy(() -> send(topic, "key", "value")).hasMessageContaining("not present in metadata");
        try (Admin admin = admin()) {
            assertThat(admin.listTopics().names().get(30, TimeUnit.SECONDS)).doesNotContain(topic);
        }
    }

    @Test
    void a_service_gets_one_database_of_its_own() throws Exception {
        // given
        DatabaseAccess access = infrastructure().database("order-service");
        // when
        execute(access, "CREATE TABLE own (id int)", "INSERT INTO own VALUES (1)");
        // then
        assertThat(access.username()).isEqualTo("order_service");
        assertThat(infrastructure().database("order-service")).isEqualTo(access);
        assertThat(query(access, "SELECT current_database() || ' ' || current_user FROM own"))
                .isEqualTo("order_service order_service");
    }

    @Test
    void a_service_cannot_open_the_database_of_another() {
        // given
        DatabaseAccess own = infrastructure().database("payment-service");
        DatabaseAccess foreign = infrastructure().database("user-service");
        // when, then
        assertThatThrownBy(
                        () -> query(new DatabaseAccess(foreign.jdbcUrl(), own.username(), own.password()), "SELECT 1"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("permission denied for database");
        assertThatThrownBy(() -> query(
                        new DatabaseAccess(
                                own.jdbcUrl().replace("payment_service", "postgres"), own.username(), own.password()),
                        "SELECT 1"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("permission denied for database");
    }

    @Test
    void a_service_needs_its_password() {
        // given
        DatabaseAccess access = infrastructure().database("audit-service");
        // when, then
        assertThatThrownBy(() -> query(new DatabaseAccess(access.jdbcUrl(), access.username(), "wrong"), "SELECT 1"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void a_name_that_is_no_service_gets_no_database() {
        for (String name : List.of("", "Order-Service", "order\"; DROP", "1st", "postgres", "template1")) {
            assertThatThrownBy(() -> infrastructure().database(name))
                    .isInstanceOf(InfrastructureException.class)
                    .hasMessageContaining("cannot name a database");
        }
    }

    @Test
    void what_is_committed_is_on_disk() throws Exception {
        // given
        DatabaseAccess access = infrastructure().database("order-service");
        // when, then
        for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
            assertThat(query(access, "SHOW " + setting)).as(setting).isEqualTo("on");
        }
        assertThat(query(access, "SHOW max_connections")).isEqualTo("300");
    }

    @Test
    void the_database_is_postgres_18_and_searches_english_text() throws Exception {
        // given
        DatabaseAccess access = infrastructure().database("search-service");
        // when, then
        assertThat(query(access, "SHOW server_version")).startsWith("18.");
        assertThat(query(access, "SELECT to_tsvector('english', 'Running Foxes')::text"))
                .isEqualTo("'fox':2 'run':1");
    }

    @Test
    void a_mail_that_was_sent_is_in_the_mailbox() throws Exception {
        // given
        String address = "ann-" + UUID.randomUUID() + "@example.org";
        assertThat(mailbox(address).statusCode()).isEqualTo(400);
        // when
        mailTo(address, "Grüße \"an\" Ann", "Hello\r\nAnn");
        // then
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(mailbox(address).statusCode()).isEqualTo(200));
        HttpResponse<String> answer = mailbox(address);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        JsonNode mails = new ObjectMapper().readTree(answer.body());
        assertThat(mails).hasSize(1);
        assertThat(mails.get(0).fieldNames())
                .toIterable()
                .containsExactly("uid", "Message-ID", "subject", "contentType", "mimeMessage");
        assertThat(mails.get(0).get("subject").textValue()).isEqualTo("Grüße \"an\" Ann");
        assertThat(mails.get(0).get("contentType").textValue()).startsWith("text/plain");
        assertThat(mails.get(0).get("mimeMessage").textValue()).contains("Hello\r\nAnn");
    }

    @Test
    void kafka_keeps_records_and_address_through_an_interruption() throws Exception {
        // given
        String topic = createTopic();
        send(topic, "key", "before");
        String address = infrastructure().kafkaBootstrapServers();
        // when
        infrastructure().interruptKafka();
        // then
        assertThatThrownBy(() -> send(topic, "key", "lost")).isNotNull();
        // when
        infrastructure().resumeKafka();
        // then
        assertThat(infrastructure().kafkaBootstrapServers()).isEqualTo(address);
        send(topic, "key", "after");
        assertThat(receive(topic, 2)).extracting(ConsumerRecord::value).containsExactly("before", "after");
    }

    @Test
    void postgres_keeps_rows_and_address_through_an_interruption() throws Exception {
        // given
        DatabaseAccess access = infrastructure().database("warehouse-service");
        execute(access, "CREATE TABLE stock (sku text)", "INSERT INTO stock VALUES ('kettle')");
        try (Connection open = connect(access)) {
            // when
            infrastructure().interruptPostgres();
            // then
            assertThatThrownBy(() -> query(access, "SELECT 1")).isInstanceOf(SQLException.class);
            assertThat(open.isValid(5)).isFalse();
        }
        // when
        infrastructure().resumePostgres();
        // then
        assertThat(infrastructure().database("warehouse-service")).isEqualTo(access);
        assertThat(query(access, "SELECT sku FROM stock")).isEqualTo("kettle");
    }

    @Test
    void what_can_be_interrupted_has_a_port_that_no_outgoing_connection_takes_meanwhile() {
        String kafka = infrastructure().kafkaBootstrapServers();
        String postgres = infrastructure().database("order-service").jdbcUrl();
        assertThat(URI.create("kafka://" + kafka).getPort()).isBetween(Loopback.FIRST_PORT, Loopback.LAST_PORT);
        assertThat(URI.create(postgres.substring("jdbc:".length())).getPort())
                .isBetween(Loopback.FIRST_PORT, Loopback.LAST_PORT);
    }

    @Test
    void interrupting_and_resuming_twice_is_as_once() throws Exception {
        // given
        DatabaseAccess access = infrastructure().database("shipping-service");
        // when
        infrastructure().interruptPostgres();
        infrastructure().interruptPostgres();
        infrastructure().resumePostgres();
        infrastructure().resumePostgres();
        // then
        assertThat(query(access, "SELECT 1")).isEqualTo("1");
    }

    String createTopic() throws Exception {
        String topic = "topic-" + UUID.randomUUID();
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(topic, 6, (short) 1))).all().get(30, TimeUnit.SECONDS);
        }
        return topic;
    }

    void send(String topic, String key, String value) throws Exception {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", infrastructure().kafkaBootstrapServers(), "max.block.ms", 3000, "acks", "all");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, key, value)).get(30, TimeUnit.SECONDS);
        }
    }

    List<ConsumerRecord<String, String>> receive(String topic, int count) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                infrastructure().kafkaBootstrapServers(),
                "group.id",
                "group-" + UUID.randomUUID(),
                "group.protocol",
                "consumer",
                "auto.offset.reset",
                "earliest");
        List<ConsumerRecord<String, String>> received = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            await().atMost(PATIENCE).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(received::add);
                return received.size() >= count;
            });
            consumer.commitSync();
        }
        return received;
    }

    static Connection connect(DatabaseAccess access) throws SQLException {
        return DriverManager.getConnection(access.jdbcUrl(), access.username(), access.password());
    }

    static void execute(DatabaseAccess access, String... statements) throws SQLException {
        try (Connection connection = connect(access);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    static String query(DatabaseAccess access, String sql) throws SQLException {
        try (Connection connection = connect(access);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", infrastructure().kafkaBootstrapServers()));
    }

    final void mailTo(String address, String subject, String text) throws Exception {
        MailServer server = infrastructure().mail();
        Properties properties = new Properties();
        properties.put("mail.smtp.host", server.smtpHost());
        properties.put("mail.smtp.port", String.valueOf(server.smtpPort()));
        MimeMessage message = new MimeMessage(Session.getInstance(properties));
        message.setFrom(new InternetAddress("shop@tidings.example"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(address));
        message.setSubject(subject, StandardCharsets.UTF_8.name());
        message.setText(text, StandardCharsets.UTF_8.name());
        Transport.send(message);
    }

    final HttpResponse<String> mailbox(String address) throws Exception {
        URI uri = URI.create(infrastructure().mail().mailboxApi() + "/api/user/" + address + "/messages");
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
