package io.tidings.email.sending;

import java.util.UUID;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;

/** What is asked of user-service. */
interface UserService {

    @GetExchange("/users/{userId}")
    Addressee find(@PathVariable UUID userId);
}
