package io.tidings.bus.sharing;

import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.springframework.transaction.support.TransactionOperations;

/** What is done for requests of a kind. */
record Kind<Q, C, A>(Function<List<Q>, C> before, BiFunction<Q, C, A> each, TransactionOperations transactions) {

    A inCurrentTransaction(Q request) {
        return each.apply(request, before.apply(List.of(request)));
    }

    A inOneOfItsOwn(Q request) {
        return Objects.requireNonNull(transactions.execute(own -> inCurrentTransaction(request)));
    }
}
