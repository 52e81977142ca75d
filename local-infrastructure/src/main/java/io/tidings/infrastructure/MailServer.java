package io.tidings.infrastructure;

import java.net.URI;

/**
 * Where mail goes and where it can be read.
 *
 * @param mailboxApi base, without a slash at its end, of GreenMail's HTTP interface:
 *     {@code GET <mailboxApi>/api/user/<address>/messages} answers a JSON list of {@code uid, subject, contentType,
 *     mimeMessage}, or 400 as long as nobody wrote to that address
 */
public record MailServer(String smtpHost, int smtpPort, URI mailboxApi) {}
