package io.tidings.bus;

import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgArray;

/**
 * Arrays of UUIDs in the binary form in which PostgreSQL reads them. Its driver writes that form for arrays of most types,
 * and not for these.
 */
final class UuidArray {

    private static final int DIMENSIONS = 1;
    private static final int MAY_HAVE_NULLS = 1;
    private static final int FIRST_INDEX = 1;
    private static final int HEADER_BYTES = 5 * Integer.BYTES;
    private static final int UUID_BYTES = 2 * Long.BYTES;
    private static final int NULL = -1;

    private UuidArray() {}

    static Array of(@Nullable UUID[] ids, Connection connection) throws SQLException {
        return new PgArray(connection.unwrap(BaseConnection.class), Oid.UUID_ARRAY, bytes(ids));
    }

    private static byte[] bytes(@Nullable UUID[] ids) {
        ByteBuffer array = ByteBuffer.allocate(HEADER_BYTES + ids.length * (Integer.BYTES + UUID_BYTES));
        array.putInt(DIMENSIONS)
                .putInt(MAY_HAVE_NULLS)
                .putInt(Oid.UUID)
                .putInt(ids.length)
                .putInt(FIRST_INDEX);
        for (UUID id : ids) {
            if (id == null) {
                array.putInt(NULL);
            } else {
                array.putInt(UUID_BYTES).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
            }
        }
        byte[] written = new byte[array.position()];
        array.flip().get(written);
        return written;
    }
}
