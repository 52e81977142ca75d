package io.tidings.recommendation.handler;

import io.tidings.bus.BeforeBatch;
import io.tidings.bus.EventHandler;
import io.tidings.events.Event;
import io.tidings.events.order.OrderCanceled;
import io.tidings.events.order.OrderCompleted;
import io.tidings.events.order.OrderPlaced;
import io.tidings.events.order.OrderRejected;
import io.tidings.events.product.ProductListed;
import io.tidings.events.user.UserErased;
import io.tidings.events.user.UserProfileUpdated;
import io.tidings.recommendation.domain.Recommender;
import java.util.List;
import org.springframework.stereotype.Component;

/** Hears which products there are, and what users like and order. */
@Component
class NewsHandlers {

    private final Recommender recommender;

    NewsHandlers(Recommender recommender) {
        this.recommender = recommender;
    }

    /**
     * Hears a batch at once: users are locked in one order, counts that many orders share are written once, and each user
     * whom something concerns is calculated once, be it a thousand updates of one profile.
     */
    @BeforeBatch
    void hear(List<Event> news) {
        recommender.hear(news);
    }

    /** Says that we listen; {@link #hear} has done what there is to do. So do the others. */
    @EventHandler
    void on(UserProfileUpdated heard) {}

    @EventHandler
    void on(UserErased heard) {}

    @EventHandler
    void on(ProductListed heard) {}

    @EventHandler
    void on(OrderPlaced heard) {}

    @EventHandler
    void on(OrderCompleted heard) {}

    @EventHandler
    void on(OrderCanceled heard) {}

    @EventHandler
    void on(OrderRejected heard) {}
}
