package io.tidings.audit.domain.entity;

/** What is known of something. */
public sealed interface EntityState permits OrderState, UserState, ProductState, AccountState {}
