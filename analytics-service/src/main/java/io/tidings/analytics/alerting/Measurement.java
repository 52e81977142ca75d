package io.tidings.analytics.alerting;

/**
 * How things are.
 *
 * @param value to be compared with the thresholds
 * @param evidence a sentence with the figures, for an operator
 */
record Measurement(double value, String evidence) {}
