-- Letters that visitors asked for: the permit that let each out, and what became of it.
-- `recipient` is kept until the letter is sent or given up; its hash counts how often one address is written to.
create table letter (
    site           text        not null,
    letter         text        not null,
    contact        text        not null,
    visitor        text        not null,
    recipient      text,
    recipient_hash bytea       not null,
    language       text        not null,
    zone           text        not null,
    permit_rule    text        not null,
    asked_at       timestamptz not null,
    state          text        not null default 'waiting' check (state in ('waiting', 'sent', 'failed')),
    ended_at       timestamptz,
    reason         text        not null default '',
    primary key (site, letter)
);
create index letter_asked on letter (site, asked_at);
create index letter_contact on letter (site, contact, asked_at);
create index letter_visitor on letter (site, visitor, asked_at);
create index letter_recipient on letter (site, recipient_hash, asked_at);
select dryfly_protect('letter');
