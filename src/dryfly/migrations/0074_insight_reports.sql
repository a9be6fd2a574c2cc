-- What reports are made of: folds over the journal, by the definitions of floor/measures.py.

-- What a queue promised, for the entries to come.
create table report_queue (
    site            text    not null,
    queue           text    not null,
    service_level_s integer not null,
    short_abandon_s integer not null,
    primary key (site, queue)
);
select dryfly_protect('report_queue');

-- One row for each entry of a contact into a queue; one for a contact that never queued (`queue` is empty).
-- `counted_at` says in which interval it counts. `channel` and `need` are those at entry,
-- `agent` answered first; `serving` and `channel_now` are what the fold goes on with.
create table report_entry (
    site            text        not null,
    contact         text        not null,
    number          integer     not null,
    channel         text        not null,
    need            text        not null default '',
    queue           text        not null default '',
    arrived_at      timestamptz not null,
    entered_at      timestamptz,
    counted_at      timestamptz not null generated always as (coalesce(entered_at, arrived_at)) stored,
    service_level_s integer     not null default 0,
    short_abandon_s integer     not null default 0,
    answered_at     timestamptz,
    agent           text        not null default '',
    is_within       boolean     not null default false,
    ended_at        timestamptz,
    ending          text        not null default '',
    is_short        boolean     not null default false,
    disposition     text        not null default '',
    handle_ms       bigint      not null default 0,
    serving         text        not null default '',
    served_since    timestamptz,
    channel_now     text        not null,
    primary key (site, contact, number)
);
create index report_entry_counted on report_entry (site, counted_at, contact, number);
select dryfly_protect('report_entry');

-- Each entry's part in each figure: the one place where a figure is said in SQL. `insight.model.sums_of` says
-- the same in Python, and a test holds the two together.
create view report_entry_figures with (security_invoker = true) as
select site, contact, number, counted_at, queue, channel, need, agent,
       (entered_at is not null)::int                                     as entered_count,
       (answered_at is not null)::int                                    as answered_count,
       is_within::int                                                    as within_count,
       coalesce((extract(epoch from answered_at - entered_at) * 1000)::bigint, 0) as answer_ms,
       (is_left and ending = 'abandoned' and not is_short)::int          as abandoned_count,
       (is_left and is_short)::int                                       as short_abandoned_count,
       (answered_at is not null and ending = 'abandoned')::int           as abandoned_later_count,
       (is_left and ending <> 'abandoned')::int                          as solved_waiting_count,
       (answered_at is not null and ended_at is not null)::int           as handled_count,
       case when answered_at is not null and ended_at is not null then handle_ms else 0 end as handle_ms,
       (ending = 'solved_by_bot')::int                                   as solved_by_bot_count,
       (entered_at is null and ending = 'left_bot')::int                 as left_bot_count,
       (entered_at is null and ended_at is not null and agent = '')::int as bot_only_count,
       coalesce((extract(epoch from coalesce(answered_at, ended_at) - entered_at) * 1000)::bigint, 0) as longest_wait_ms
from (
    select *, entered_at is not null and answered_at is null and ended_at is not null as is_left from report_entry
) entry;

-- The same figures summed by the quarter of an hour in which the entries count.
create table report_quarter (
    site                  text        not null,
    at                    timestamptz not null,
    queue                 text        not null,
    channel               text        not null,
    need                  text        not null,
    entered_count         bigint      not null,
    answered_count        bigint      not null,
    within_count          bigint      not null,
    answer_ms             bigint      not null,
    abandoned_count       bigint      not null,
    short_abandoned_count bigint      not null,
    abandoned_later_count bigint      not null,
    solved_waiting_count  bigint      not null,
    handled_count         bigint      not null,
    handle_ms             bigint      not null,
    solved_by_bot_count   bigint      not null,
    left_bot_count        bigint      not null,
    bot_only_count        bigint      not null,
    longest_wait_ms       bigint      not null,
    primary key (site, at, queue, channel, need)
);
select dryfly_protect('report_quarter');

-- What each agent was, from when to when; the newest span of each is open. `presence` and `is_connected` are what
-- the agent set and had, also while handling.
create table report_span (
    site           text        not null,
    agent          text        not null,
    from_at        timestamptz not null,
    to_at          timestamptz,
    state          text        not null check (state in ('ready', 'away', 'handling', 'offline')),
    reason         text        not null default '',
    contacts_count integer     not null default 0,
    presence       text        not null,
    is_connected   boolean     not null,
    primary key (site, agent, from_at)
);
create unique index report_span_open on report_span (site, agent) where to_at is null;
select dryfly_protect('report_span');

-- The time in closed spans, summed by the quarter of an hour in which it was spent.
create table report_agent_quarter (
    site        text        not null,
    at          timestamptz not null,
    agent       text        not null,
    ready_ms    bigint      not null,
    handling_ms bigint      not null,
    away_ms     bigint      not null,
    primary key (site, at, agent)
);
select dryfly_protect('report_agent_quarter');
