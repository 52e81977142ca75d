package io.tidings.user.domain;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who was here and is forgotten. Nothing is kept of them but their id. */
@Repository
class ErasedUsers {

    private final JdbcClient jdbc;

    ErasedUsers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(UUID userId) {
        jdbc.sql("insert into erased_user (user_id) values (?)").param(userId).update();
    }

    boolean contain(UUID userId) {
        return jdbc.sql("select exists (select 1 from erased_user where user_id = ?)")
                .param(userId)
                .query(Boolean.class)
                .single();
    }
}
