package io.tidings.infrastructure;

/**
 * Kafka, PostgreSQL and SMTP, reachable on loopback. A part starts when it is first asked for, or by {@link #start}.
 * All methods may be called from any thread, and throw {@link InfrastructureException} where the part cannot be had.
 */
public interface Infrastructure extends AutoCloseable {

    /** The Kafka brokers, as a client's {@code bootstrap.servers}. */
    String kafkaBootstrapServers();

    /**
     * The database of a service, made on first ask: "order-service" owns database and login role
     * {@code order_service}, and no other service may connect to it.
     *
     * @param service lower-case letters, digits and hyphens, beginning with a letter
     */
    DatabaseAccess database(String service);

    /** The SMTP server, which accepts every recipient, and its mailboxes. */
    MailServer mail();

    /** Starts these parts at the same time, all of them if none is named, and returns when they can be used. */
    void start(Part... parts);

    /** Stops Kafka, and with it every connection, until {@link #resumeKafka}. Data and address stay. */
    void interruptKafka();

    /** Ends {@link #interruptKafka}; returns when Kafka can be used. */
    void resumeKafka();

    /** Stops PostgreSQL, and with it every connection, until {@link #resumePostgres}. Data and address stay. */
    void interruptPostgres();

    /** Ends {@link #interruptPostgres}; returns when PostgreSQL can be used. */
    void resumePostgres();

    /** Stops everything and leaves nothing running. */
    @Override
    void close();

    /**
     * The one infrastructure of this JVM, closed when the JVM exits: containers where a Docker engine answers, embedded
     * where none does. The system property {@code tidings.infrastructure} decides instead if it is {@code containers} or
     * {@code embedded}.
     */
    static Infrastructure shared() {
        return SharedInfrastructure.get();
    }
}
