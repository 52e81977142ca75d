package io.tidings.search.domain;

import io.tidings.bus.Projection;
import java.util.Set;
import org.springframework.stereotype.Component;

/** All that is here was told by others, and can be told again. */
@Component
class SearchProjection implements Projection {

    @Override
    public Set<String> tables() {
        return Set.of("user_copy", "product_copy");
    }
}
