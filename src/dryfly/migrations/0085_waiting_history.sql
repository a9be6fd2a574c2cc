-- How long contacts waited, what could be seen when they began to, and what is learned from it.

-- One row for each beginning of a wait. `rule_s` and `told_s` are medians by the queue-length rule and as told then,
-- `told_to_s` the upper end: what the model is judged by. Kept for 60 days.
create table waiting_entry (
    site        text        not null,
    contact     text        not null,
    queued_at   timestamptz not null,
    queue       text        not null,
    version     integer     not null, -- of the signs
    signs       real[]      not null,
    rule_s      real,
    told_s      real,
    told_to_s   real,
    ended_at    timestamptz,
    is_answered boolean,
    primary key (site, contact, queued_at)
);
create index waiting_entry_ended on waiting_entry (site, queue, queued_at) where is_answered is not null;
create index waiting_entry_queued on waiting_entry (site, queued_at);
select dryfly_protect('waiting_entry');

-- What was learned in a night, taken or not (`refused`: why not). The newest that was taken is in use.
create table waiting_model (
    site    text        not null,
    queue   text        not null,
    number  integer     not null,
    version integer     not null, -- of the signs
    made_at timestamptz not null,
    refused text        not null default '',
    waits   integer     not null,
    error_s real        not null,
    rule_s  real,
    covered real        not null,
    lines   jsonb       not null,
    primary key (site, queue, number)
);
select dryfly_protect('waiting_model');

-- What everybody who waits was told: a promise outlives the process that made it.
create table waiting_told (
    site    text  not null,
    contact text  not null,
    told    jsonb not null,
    primary key (site, contact)
);
select dryfly_protect('waiting_told');
