package io.tidings.order.domain;

/** An order can't be placed as it was asked for. */
public class OrderRefusedException extends RuntimeException {

    private final String field;
    private final String rule;

    OrderRefusedException(String field, String rule) {
        super("%s: %s".formatted(field, rule));
        this.field = field;
        this.rule = rule;
    }

    /** What in the request it is about. */
    public String field() {
        return field;
    }

    public String rule() {
        return rule;
    }
}
