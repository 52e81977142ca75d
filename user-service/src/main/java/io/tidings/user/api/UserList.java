package io.tidings.user.api;

import java.util.List;

/** Several users. */
record UserList(List<UserResponse> users) {}
