-- Payments are told by their order. Whose account it was stands in them, and whatever else may: this never fails.
create index audit_event_account
    on audit_event (substring(encode(payload, 'escape') from '"userId"\s*:\s*"([0-9a-f-]{36})"'), event_id)
    where topic = 'payments';
