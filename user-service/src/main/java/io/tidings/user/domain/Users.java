package io.tidings.user.domain;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** All users. */
interface Users extends Repository<User, UUID> {

    /** Adds a user at once, so that it is known here and not first at the commit whether the address is taken. */
    User saveAndFlush(User user);

    Optional<User> findById(UUID id);

    /** By an array: a query with a list is translated into SQL anew each time. */
    @NativeQuery("select * from users where id = any (:ids)")
    List<User> findAllById(UUID[] ids);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select u from User u where u.id = :id")
    Optional<User> lock(UUID id);

    void delete(User user);
}
