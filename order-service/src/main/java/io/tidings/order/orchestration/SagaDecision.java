package io.tidings.order.orchestration;

import java.util.List;

/**
 * What follows from news.
 *
 * @param saga as it is now
 * @param requests what others are asked to do
 */
record SagaDecision(SagaState saga, List<Request> requests) {

    SagaDecision {
        requests = List.copyOf(requests);
    }
}
