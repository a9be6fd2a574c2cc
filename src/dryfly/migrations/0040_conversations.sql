-- What was said. These rows hold words; the journal beside them holds their ids. Erasing a person empties them.

create table message (
    site        text        not null,
    seq         bigint      not null,
    at          timestamptz not null,
    contact     text        not null,
    message     text        not null,
    author      text        not null,
    agent       text,
    author_name text        not null,
    text        text        not null,
    code        text        not null,
    extra       text        not null,
    primary key (site, contact, seq)
);
select dryfly_protect('message');

create table note (
    site        text        not null,
    seq         bigint      not null,
    at          timestamptz not null,
    contact     text        not null,
    note        text        not null,
    agent       text,
    author_name text        not null,
    text        text        not null,
    primary key (site, contact, seq)
);
select dryfly_protect('note');

create table fact (
    site        text        not null,
    seq         bigint      not null,
    at          timestamptz not null,
    contact     text        not null,
    key         text        not null,
    value       text        not null,
    label       text        not null,
    origin      text        not null,
    certainty   smallint    not null,
    learned_by  text,
    message     text,
    valid_until bigint,
    primary key (site, contact, seq, key)
);
select dryfly_protect('fact');

create table brief (
    site    text        not null,
    seq     bigint      not null,
    at      timestamptz not null,
    contact text        not null,
    body    text        not null,
    primary key (site, contact, seq)
);
select dryfly_protect('brief');

create table delivery (
    site    text        not null,
    seq     bigint      not null,
    at      timestamptz not null,
    contact text        not null,
    message text        not null,
    state   text        not null,
    primary key (site, contact, seq)
);
select dryfly_protect('delivery');

-- One line a contact, open or closed: a fold over the journal, for the customer's story.
create table talk (
    site      text        not null,
    contact   text        not null,
    channel   text        not null,
    customer  text,
    opened_at timestamptz not null,
    closed_at timestamptz,
    need      text        not null default '',
    queue     text,
    agent     text,
    ending    text        not null default '',
    primary key (site, contact)
);
create index talk_customer on talk (site, customer, opened_at desc) where customer is not null;
select dryfly_protect('talk');

-- `owner` is who put it there (a visitor, a person), until it is sent in `contact`.
create table attachment (
    site        text        not null,
    attachment  text        not null,
    owner       text        not null,
    contact     text,
    name        text        not null,
    media_type  text        not null,
    bytes_count integer     not null,
    content     bytea,
    at          timestamptz not null,
    primary key (site, attachment)
);
create index attachment_owner on attachment (site, owner, at);
select dryfly_protect('attachment');
