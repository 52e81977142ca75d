package io.tidings.audit.domain;

/**
 * Some records of a chain that follow each other.
 *
 * @param after the position before the first of them
 * @param upTo the position of the last
 */
public record ChainPart(String chain, long after, long upTo) {

    public long length() {
        return upTo - after;
    }

    ChainPart endingAt(long position) {
        return new ChainPart(chain, after, position);
    }
}
