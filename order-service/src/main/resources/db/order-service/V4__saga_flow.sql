-- The flow that a saga belongs to, and the message that brought it to where it stands: what is asked again, or undone,
-- because nobody answered follows from that.
alter table saga
    add column correlation_id text not null default 'unknown',
    add column causation_id   text,
    add column traceparent    text not null default '';
