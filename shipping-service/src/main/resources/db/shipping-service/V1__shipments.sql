create table shipment (
    order_id    uuid        primary key,
    shipment_id uuid,
    status      text        not null,
    fulfilment  text,
    changed_at  timestamptz not null,
    version     bigint      not null
);
