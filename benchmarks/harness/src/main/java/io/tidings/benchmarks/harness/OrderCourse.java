package io.tidings.benchmarks.harness;

/**
 * What was seen of an order. Times are microseconds since 1970; 0 for what has not been.
 *
 * @param wantedAt when its customer wanted to place it
 * @param answeredAt when the shop had answered that it was placed
 * @param endedAt when a consumer first heard how it ended
 * @param ending the event that told of it
 * @param endings how often an ending was heard
 */
record OrderCourse(long wantedAt, long answeredAt, long endedAt, String ending, int endings) {

    static final OrderCourse NOTHING = new OrderCourse(0, 0, 0, "", 0);

    OrderCourse placed(long wanted, long answered) {
        return new OrderCourse(wanted, answered, endedAt, ending, endings);
    }

    OrderCourse ended(String how, long at) {
        return endings == 0
                ? new OrderCourse(wantedAt, answeredAt, at, how, 1)
                : new OrderCourse(wantedAt, answeredAt, endedAt, ending, endings + 1);
    }

    boolean isPlaced() {
        return answeredAt > 0;
    }

    boolean isEnded() {
        return endings > 0;
    }

    boolean isCompletedOnce() {
        return endings == 1 && ending.equals("OrderCompleted");
    }

    /** From the wish to the news of the ending. */
    double milliseconds() {
        return (endedAt - wantedAt) / 1000.0;
    }
}
