package io.tidings.audit.domain;

/**
 * Records of a chain that follow each other and are not in the log any more, because their part of it was detached.
 *
 * @param first the position of the first of them
 * @param end where the chain stood after the last of them
 */
record DetachedRun(long first, ChainHead end) {}
