package io.tidings.audit.domain;

import java.util.List;

/** @param isLast whether nothing follows */
public record EventPage(List<AuditEvent> events, boolean isLast) {}
