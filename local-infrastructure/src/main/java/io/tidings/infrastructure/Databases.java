package io.tidings.infrastructure;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.postgresql.ds.PGSimpleDataSource;

/** The databases of the services on one PostgreSQL server: one each, made when first asked for. */
final class Databases {

    private static final Pattern SERVICE = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    private final String host;
    private final int port;
    private final String superuser;
    private final String password;
    private final Map<String, DatabaseAccess> made = new HashMap<>();

    Databases(String host, int port, String superuser, String password) {
        this.host = host;
        this.port = port;
        this.superuser = superuser;
        this.password = password;
    }

    /** One after the other: PostgreSQL does not like two who change its catalogue at once. */
    synchronized DatabaseAccess of(String service) {
        String name = service.replace('-', '_');
        if (!SERVICE.matcher(service).matches() || name.equals(superuser) || name.startsWith("template")) {
            throw new InfrastructureException(
                    "\"%s\" cannot name a database; use lower-case letters, digits and hyphens, as in order-service."
                            .formatted(service));
        }
        return made.computeIfAbsent(name, this::make);
    }

    DatabaseAccess superuser() {
        return new DatabaseAccess("jdbc:postgresql://%s:%d/postgres".formatted(host, port), superuser, password);
    }

    boolean acceptConnections() throws SQLException {
        try (Connection connection = connect()) {
            return connection.isValid(5);
        }
    }

    private DatabaseAccess make(String name) {
        // Local use only: a password that a person at the keyboard can guess is the point of it.
        DatabaseAccess access =
                new DatabaseAccess("jdbc:postgresql://%s:%d/%s".formatted(host, port, name), name, name);
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            if (made.isEmpty()) {
                statement.execute("REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC");
            }
            String role = exists(connection, "SELECT FROM pg_roles WHERE rolname = ?", name) ? "ALTER" : "CREATE";
            statement.execute("%s ROLE \"%s\" LOGIN PASSWORD '%s'".formatted(role, name, access.password()));
            if (!exists(connection, "SELECT FROM pg_database WHERE datname = ?", name)) {
                statement.execute("CREATE DATABASE \"%s\" OWNER \"%s\"".formatted(name, name));
            }
            statement.execute("REVOKE ALL ON DATABASE \"%s\" FROM PUBLIC".formatted(name));
            return access;
        } catch (SQLException failure) {
            throw new InfrastructureException(
                    "Database %s could not be made (%s); see to it that PostgreSQL runs and is not interrupted."
                            .formatted(name, failure.getMessage()),
                    failure);
        }
    }

    private Connection connect() throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {host});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName("postgres");
        source.setUser(superuser);
        source.setPassword(password);
        source.setConnectTimeout(10);
        return source.getConnection();
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }
}
