-- A customer's story tells more of each contact, and everything that was said can be searched.

alter table talk
    add column customer_name text    not null default '',
    add column need_title    text    not null default '',
    add column agents        text[]  not null default '{}',  -- everybody who served it, in order
    add column with_bot      boolean not null default false, -- the assistant spoke in it
    add column disposition   text;
create index talk_agents on talk using gin (agents);
delete from follower where name = 'talks';  -- history is folded again, so that older lines tell it too

-- What is searched: a line for each message, note and set of facts, written by a follower after the fact, so that
-- saying something costs nothing more. It holds words without order or sentence; the text itself is read where it lies.
create table search_line (
    site    text        not null,
    contact text        not null,
    seq     bigint      not null,
    at      timestamptz not null,
    kind    text        not null check (kind in ('message', 'note', 'facts')),
    words   tsvector    not null,
    primary key (site, contact, seq)
);
create index search_line_words on search_line using gin (words);
create index search_line_at on search_line (site, at);

-- The words that this transaction looks for; null finds nothing.
create function dryfly_search() returns tsquery
    language sql stable parallel safe
    return nullif(current_setting('dryfly.search', true), '')::tsquery;

-- `dryfly_protect` would keep the index of words from being used: a condition that may tell of hidden rows (and `@@`
-- is not known not to) comes after the policy's. So here the condition is part of the policy: a transaction sees the
-- lines of its site that have the words it looks for. Who deletes or moves lines sets `dryfly.search` to '!nothing'.
alter table search_line enable row level security;
alter table search_line force row level security;
create policy dryfly_site on search_line for all
    using ((site = (select dryfly_site()) or (select dryfly_site()) = '*') and words @@ (select dryfly_search()))
    with check (site = (select dryfly_site()) or (select dryfly_site()) = '*');

-- Customers by the beginning of any of their names, and by the beginning of what identifies them. Comparing text by
-- order tells nothing of hidden rows, so that these indexes are used behind row-level security.
create function dryfly_name_words(name text) returns setof text
    language sql immutable parallel safe as $$
    select regexp_split_to_table(regexp_replace(normalize(
        replace(replace(replace(replace(translate(lower(name), 'øłđð', 'oldd'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
        nfkd), '[\u0300-\u036f]', '', 'g'), '\W+')
$$;

create table image_name (
    site     text    not null,
    word     text    not null collate "C",
    version  integer not null,
    customer text    not null,
    primary key (site, word, version, customer)
);
create index image_name_customer on image_name (site, customer);
select dryfly_protect('image_name');
insert into image_name (site, word, version, customer)
select distinct site, word, version, customer from image_customer, dryfly_name_words(name) word where word <> '';

create index image_identifier_value on image_identifier (site, value collate "C");
