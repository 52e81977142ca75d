package io.tidings.email.sending;

import jakarta.mail.MessagingException;
import jakarta.mail.Transport;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Opens, examines and closes connections to the mail server of {@code spring.mail}. */
final class MailConnectionFactory extends BasePooledObjectFactory<Transport> {

    /** Mail servers count what comes by one connection, and some refuse more. */
    private static final int MAILS_AT_MOST = 100;

    private final JavaMailSenderImpl settings;

    MailConnectionFactory(JavaMailSenderImpl settings) {
        this.settings = settings;
    }

    @Override
    public Transport create() throws MessagingException {
        Transport connection = settings.getSession().getTransport(settings.getProtocol());
        connection.connect(settings.getHost(), settings.getPort(), settings.getUsername(), settings.getPassword());
        return connection;
    }

    /** Asks the mail server, which may have closed the connection meanwhile. Being borrowed now is counted already. */
    @Override
    public boolean validateObject(PooledObject<Transport> pooled) {
        return pooled.getBorrowedCount() <= MAILS_AT_MOST && pooled.getObject().isConnected();
    }

    @Override
    public void destroyObject(PooledObject<Transport> pooled) throws MessagingException {
        pooled.getObject().close();
    }

    @Override
    public PooledObject<Transport> wrap(Transport connection) {
        return new DefaultPooledObject<>(connection);
    }
}
