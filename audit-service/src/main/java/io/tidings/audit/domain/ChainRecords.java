package io.tidings.audit.domain;

import java.util.List;

/**
 * Messages from a chain.
 *
 * @param part where they were looked for
 * @param events those of them that were asked for
 */
public record ChainRecords(ChainPart part, List<AuditEvent> events) {}
