package io.tidings.email.sending;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;

/** What is asked of user-service. */
interface UserService {

    /** As many as may be asked for with one request. */
    int MOST_AT_ONCE = 100;

    @GetExchange("/users/{userId}")
    Addressee find(@PathVariable UUID userId);

    /** Whom user-service does not know is not in the answer. A parameter for each would be a metric for each number of them. */
    @GetExchange("/users?userId={userIds}")
    Found find(@PathVariable Collection<UUID> userIds);

    /** Users, in no order. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Found(List<Addressee> users) {}
}
