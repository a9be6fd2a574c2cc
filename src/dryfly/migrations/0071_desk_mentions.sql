-- A note names colleagues; who was named is told until they have heeded it, and may read that talk.

alter table note add column mentions text not null default '';  -- agents' ids, with a space between
create index note_mentions on note (site, seq desc) where mentions <> '';

create table note_heeded (
    site    text        not null,
    seq     bigint      not null,
    at      timestamptz not null,
    contact text        not null,
    note    text        not null,
    agent   text        not null,
    primary key (site, contact, seq)
);
select dryfly_protect('note_heeded');
