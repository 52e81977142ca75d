-- What messages say of a person is recorded under that person's key. To forget the person is to forget the key: the log
-- stays as it is, and nobody can read it there any more.
create table person_key (
    -- SHA-256 of the user's id as it stands in messages, where anyone can write a long one.
    person    bytea       primary key check (octet_length(person) = 32),
    -- For AES-256; null as soon as the person is erased, and then for good.
    key       bytea       check (octet_length(key) = 32),
    erased_at timestamptz check ((key is null) = (erased_at is not null))
);

create function person_stays_erased() returns trigger language plpgsql as $$
begin
    if old.erased_at is not null and new.key is not null then
        raise insufficient_privilege using message = 'A person who was erased gets no new key.';
    end if;
    return new;
end
$$;

create trigger person_stays_erased
    before update on person_key
    for each row execute function person_stays_erased();
