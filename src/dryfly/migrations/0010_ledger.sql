-- The one history of a site, who may write it, and where its readers stand.

create table lease (
    site  text primary key,
    epoch bigint not null,
    taken_at timestamptz not null default now()
);
select dryfly_protect('lease');

-- `command_hash` tells the same command sent again from another one under the same id.
create table journal (
    site         text        not null,
    seq          bigint      not null,
    epoch        bigint      not null,
    at           timestamptz not null,
    kind         text        not null,
    version      smallint    not null,
    command      text        not null,
    command_hash bigint      not null,
    actor        text        not null,
    cause        bigint,
    contact      text,
    body         json        not null,
    primary key (site, seq, at)
) partition by range (at);
create index journal_command on journal (site, command);
create index journal_contact on journal (site, contact, seq) where contact is not null;
create table journal_rest partition of journal default;
select dryfly_protect('journal');
select dryfly_protect('journal_rest');

create table snapshot (
    site   text        not null,
    seq    bigint      not null,
    at     timestamptz not null,
    digest text        not null,
    state  bytea       not null,
    primary key (site, seq)
);
select dryfly_protect('snapshot');

-- How far each durable reader of the journal has come. Moved in the transaction that does its work.
create table follower (
    site text   not null,
    name text   not null,
    seq  bigint not null,
    primary key (site, name)
);
select dryfly_protect('follower');

-- Makes the partitions of this month and the next, so that nothing lands in the rest.
create function dryfly_journal_partitions() returns void language plpgsql as $$
declare
    month date := date_trunc('month', now() at time zone 'UTC');
    name text;
begin
    for i in 0..1 loop
        name := 'journal_' || to_char(month, 'YYYY_MM');
        if to_regclass(name) is null then
            execute format('create table %I partition of journal for values from (%L) to (%L)',
                name, month::text || ' 00:00:00+00', (month + interval '1 month')::date::text || ' 00:00:00+00');
            perform dryfly_protect(name);
        end if;
        month := (month + interval '1 month')::date;
    end loop;
end $$;
