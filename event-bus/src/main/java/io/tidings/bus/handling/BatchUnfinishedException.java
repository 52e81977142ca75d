package io.tidings.bus.handling;

/** Some messages of a batch were done and some were not: it must be given again, and what was done is dropped then. */
public class BatchUnfinishedException extends RuntimeException {

    BatchUnfinishedException(Throwable cause) {
        super("The batch was not finished in time and goes on with the next attempt.", cause);
    }
}
