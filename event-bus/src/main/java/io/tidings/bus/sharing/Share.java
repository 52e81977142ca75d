package io.tidings.bus.sharing;

import io.tidings.bus.flow.Flow;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A request that waits, with its caller, for its transaction. */
final class Share<Q, A> {

    private final Q request;
    private final Flow flow;
    private final CompletableFuture<Supplier<A>> end = new CompletableFuture<>();
    private @Nullable A found;

    Share(Q request, Flow flow) {
        this.request = request;
        this.flow = flow;
    }

    Q request() {
        return request;
    }

    /** Does it, within the transaction. */
    void work(Function<Q, A> work) {
        flow.run(() -> {
            found = work.apply(request);
        });
    }

    void committed() {
        A answer = Objects.requireNonNull(found);
        end(() -> answer);
    }

    /** @param last what its caller does now to have an answer, or to fail */
    void end(Supplier<A> last) {
        end.complete(last);
    }

    /** Waits for the end, on the caller's thread. */
    A answer() {
        return end.join().get();
    }
}
