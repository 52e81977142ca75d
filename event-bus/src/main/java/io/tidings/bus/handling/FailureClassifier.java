package io.tidings.bus.handling;

/** Decides what can be hoped for after a handler's failure. A bean of this type replaces {@link DefaultFailureClassifier}. */
@FunctionalInterface
public interface FailureClassifier {

    FailureKind classify(Throwable failure);
}
