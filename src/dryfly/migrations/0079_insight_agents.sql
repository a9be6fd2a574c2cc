-- Reports of agents add up sums, too: what each answered by the quarter of an hour and by the day, and everybody's
-- time in one row for each quarter. The tables are filled from those that are there: nothing is folded again.

alter table report_agent_quarter
    add column entered_count         bigint not null default 0,
    add column answered_count        bigint not null default 0,
    add column within_count          bigint not null default 0,
    add column answer_ms             bigint not null default 0,
    add column abandoned_count       bigint not null default 0,
    add column short_abandoned_count bigint not null default 0,
    add column abandoned_later_count bigint not null default 0,
    add column solved_waiting_count  bigint not null default 0,
    add column handled_count         bigint not null default 0,
    add column handle_ms             bigint not null default 0,
    add column solved_by_bot_count   bigint not null default 0,
    add column left_bot_count        bigint not null default 0,
    add column bot_only_count        bigint not null default 0,
    add column longest_wait_ms       bigint not null default 0;

-- The same by whole days of UTC, for periods that hold them; no day of any zone is longer to read than its edges.
create table report_agent_day (like report_agent_quarter including all);
select dryfly_protect('report_agent_day');

-- The time of all agents together, in closed spans.
create table report_time_quarter (
    site        text        not null,
    at          timestamptz not null,
    ready_ms    bigint      not null,
    handling_ms bigint      not null,
    away_ms     bigint      not null,
    primary key (site, at)
);
select dryfly_protect('report_time_quarter');

-- Each entry's part in each figure, as in 0074; `date_part` reckons in floats, exact for milliseconds and much cheaper
-- than `extract`.
create or replace view report_entry_figures with (security_invoker = true) as
select site, contact, number, counted_at, queue, channel, need, agent,
       (entered_at is not null)::int                                     as entered_count,
       (answered_at is not null)::int                                    as answered_count,
       is_within::int                                                    as within_count,
       coalesce((date_part('epoch', answered_at - entered_at) * 1000)::bigint, 0) as answer_ms,
       (is_left and ending = 'abandoned' and not is_short)::int          as abandoned_count,
       (is_left and is_short)::int                                       as short_abandoned_count,
       (answered_at is not null and ending = 'abandoned')::int           as abandoned_later_count,
       (is_left and ending <> 'abandoned')::int                          as solved_waiting_count,
       (answered_at is not null and ended_at is not null)::int           as handled_count,
       case when answered_at is not null and ended_at is not null then handle_ms else 0 end as handle_ms,
       (ending = 'solved_by_bot')::int                                   as solved_by_bot_count,
       (entered_at is null and ending = 'left_bot')::int                 as left_bot_count,
       (entered_at is null and ended_at is not null and agent = '')::int as bot_only_count,
       coalesce((date_part('epoch', coalesce(answered_at, ended_at) - entered_at) * 1000)::bigint, 0) as longest_wait_ms
from (
    select *, entered_at is not null and answered_at is null and ended_at is not null as is_left from report_entry
) entry;

-- begin of filling
insert into report_agent_quarter (
    site, at, agent, ready_ms, handling_ms, away_ms,
    entered_count, answered_count, within_count, answer_ms, abandoned_count, short_abandoned_count,
    abandoned_later_count, solved_waiting_count, handled_count, handle_ms, solved_by_bot_count, left_bot_count,
    bot_only_count, longest_wait_ms
)
select site, date_bin('15 min', counted_at, 'epoch') as at, agent, 0, 0, 0,
       sum(entered_count), sum(answered_count), sum(within_count), sum(answer_ms), sum(abandoned_count),
       sum(short_abandoned_count), sum(abandoned_later_count), sum(solved_waiting_count), sum(handled_count),
       sum(handle_ms), sum(solved_by_bot_count), sum(left_bot_count), sum(bot_only_count), max(longest_wait_ms)
from report_entry_figures group by site, 2, agent
on conflict (site, at, agent) do update set
    entered_count = excluded.entered_count,
    answered_count = excluded.answered_count,
    within_count = excluded.within_count,
    answer_ms = excluded.answer_ms,
    abandoned_count = excluded.abandoned_count,
    short_abandoned_count = excluded.short_abandoned_count,
    abandoned_later_count = excluded.abandoned_later_count,
    solved_waiting_count = excluded.solved_waiting_count,
    handled_count = excluded.handled_count,
    handle_ms = excluded.handle_ms,
    solved_by_bot_count = excluded.solved_by_bot_count,
    left_bot_count = excluded.left_bot_count,
    bot_only_count = excluded.bot_only_count,
    longest_wait_ms = excluded.longest_wait_ms;

insert into report_agent_day (
    site, at, agent, ready_ms, handling_ms, away_ms,
    entered_count, answered_count, within_count, answer_ms, abandoned_count, short_abandoned_count,
    abandoned_later_count, solved_waiting_count, handled_count, handle_ms, solved_by_bot_count, left_bot_count,
    bot_only_count, longest_wait_ms
)
select site, date_bin('1 day', at, 'epoch'), agent, sum(ready_ms), sum(handling_ms), sum(away_ms),
       sum(entered_count), sum(answered_count), sum(within_count), sum(answer_ms), sum(abandoned_count),
       sum(short_abandoned_count), sum(abandoned_later_count), sum(solved_waiting_count), sum(handled_count),
       sum(handle_ms), sum(solved_by_bot_count), sum(left_bot_count), sum(bot_only_count), max(longest_wait_ms)
from report_agent_quarter group by site, 2, agent;

insert into report_time_quarter (site, at, ready_ms, handling_ms, away_ms)
select site, at, sum(ready_ms), sum(handling_ms), sum(away_ms) from report_agent_quarter
group by site, at having sum(ready_ms) + sum(handling_ms) + sum(away_ms) > 0;
-- end of filling
