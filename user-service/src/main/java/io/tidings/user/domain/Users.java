package io.tidings.user.domain;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

/** All users. */
interface Users extends Repository<User, UUID> {

    User save(User user);

    Optional<User> findById(UUID id);

}
