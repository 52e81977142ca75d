create table email (
    id              uuid        primary key,
    user_id         uuid        not null,
    kind            text        not null,
    regarding       uuid        not null,
    reason          text        not null,
    subject         text        not null,
    recipient       text,
    status          text        not null default 'PENDING' check (status in ('PENDING', 'SENT', 'FAILED')),
    attempts        int         not null default 0,
    -- When a pending mail is due. A worker that takes it moves this on: if it dies, the mail is due again then.
    next_attempt_at timestamptz          default now() check ((next_attempt_at is not null) = (status = 'PENDING')),
    last_error      text,
    created_at      timestamptz not null default now(),
    sent_at         timestamptz          check ((sent_at is not null) = (status = 'SENT')),

    -- The flow that the mail belongs to: the event that caused it, and what is passed on from it.
    event_id        uuid        not null,
    correlation_id  text        not null,
    traceparent     text        not null,

    -- Whatever is told twice, users are told once.
    unique (kind, regarding)
);

create index email_due on email (next_attempt_at) where status = 'PENDING';
create index email_of_user on email (user_id, id);
create index email_in_status on email (status, id);
