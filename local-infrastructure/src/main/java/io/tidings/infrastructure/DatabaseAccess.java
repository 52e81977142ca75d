package io.tidings.infrastructure;

/** How one service reaches its own database. The password of a service is for local use only: it equals the username. */
public record DatabaseAccess(String jdbcUrl, String username, String password) {}
