-- The customer image: what the company's own systems know of its customers, cloned for use in real time.
-- A refresh writes a whole new version beside the one that is read; `image_site.version` then turns to it.
-- In the keys, what is looked for comes before the version: statistics never know the newest version yet, so an
-- index that begins with it looks as good as the right one.

create table image_site (
    site              text  primary key,
    secret            bytea not null,  -- keys the hashes of identifiers and the customers' ids; never leaves
    version           integer,         -- the version that is read; null until the first refresh
    mapping           text,            -- YAML, as set up for the next refresh
    mapping_saved_at  timestamptz,
    refresh_every_min integer          -- as the mapping has it; null: by command only
);
select dryfly_protect('image_site');

-- Each version keeps the mapping it was read by: labels and levels belong to the rows they were made for.
create table image_version (
    site              text        not null,
    version           integer     not null,
    source            text        not null,
    mapping           text        not null,
    loaded_at         timestamptz not null,
    customers_count   bigint      not null,
    identifiers_count bigint      not null,
    records           jsonb       not null,  -- kind: count
    rejected          jsonb       not null,  -- "rows" and "values": counts
    primary key (site, version)
);
select dryfly_protect('image_version');

create table image_customer (
    site     text    not null,
    version  integer not null,
    customer text    not null,
    name     text    not null,
    body     jsonb   not null,  -- field key: values
    primary key (site, customer, version)
);
select dryfly_protect('image_customer');

create table image_identifier (
    site     text    not null,
    version  integer not null,
    hash     bytea   not null,
    customer text    not null,
    kind     text    not null,  -- an identifier's kind, or "proof:" and the proof's
    value    text    not null,  -- normalised; compared after a hash hit
    primary key (site, hash, version, customer)
);
create index image_identifier_customer on image_identifier (site, customer);
select dryfly_protect('image_identifier');

create table image_record (
    site     text    not null,
    version  integer not null,
    kind     text    not null,
    key      text    not null,
    customer text    not null,
    title    text    not null,
    status   text,
    amount   numeric,
    date     text    not null,  -- ISO 8601; '' where the source has none
    body     jsonb   not null,
    primary key (site, kind, key, version)
);
create index image_record_customer on image_record (site, customer, version, date, kind, key);
select dryfly_protect('image_record');

create table image_line (
    site     text    not null,
    version  integer not null,
    kind     text    not null,
    record   text    not null,
    position integer not null,
    body     jsonb   not null,
    primary key (site, kind, record, version, position)
);
select dryfly_protect('image_line');

-- What the last refresh, done or refused, could not use.
create table image_reject (
    site       text    not null,
    number     integer not null,
    entity     text    not null,
    source     text    not null,
    row_number bigint  not null,
    what       text    not null check (what in ('row', 'value')),
    place      text    not null,
    reason     text    not null,
    raw        text    not null,
    customer   text,
    primary key (site, number)
);
select dryfly_protect('image_reject');

-- Erased customers: a refresh must not bring them back.
create table image_suppressed (
    site     text        not null,
    customer text        not null,
    at       timestamptz not null,
    primary key (site, customer)
);
select dryfly_protect('image_suppressed');
