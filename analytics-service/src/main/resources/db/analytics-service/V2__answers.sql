-- What was counted of an order that an orchestrator looks after: it may ask again, and is answered by another message.
create table counted_answer (
    order_id uuid        not null,
    metric   text        not null,
    told_at  timestamptz not null,
    primary key (order_id, metric)
);
create index counted_answer_told_at on counted_answer using brin (told_at);
