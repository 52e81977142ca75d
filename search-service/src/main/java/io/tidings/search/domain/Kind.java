package io.tidings.search.domain;

/** What can be found. */
public enum Kind {
    USERS,
    PRODUCTS
}
