-- Three more figures of each entry: who was promised a call back, was called in time, was never reached. Who was
-- promised one waits no more, and their answer is no part of the service level.

alter table report_entry
    add column promise   text not null default '',
    add column agreed_at timestamptz;
alter table report_quarter
    add column promised_count  bigint not null default 0,
    add column kept_count      bigint not null default 0,
    add column unreached_count bigint not null default 0;
alter table report_agent_quarter
    add column promised_count  bigint not null default 0,
    add column kept_count      bigint not null default 0,
    add column unreached_count bigint not null default 0;
alter table report_agent_day
    add column promised_count  bigint not null default 0,
    add column kept_count      bigint not null default 0,
    add column unreached_count bigint not null default 0;

-- Each entry's part in each figure, as in 0084.
create or replace view report_entry_figures with (security_invoker = true) as
select site, contact, number, counted_at, queue, channel, need, agent,
       (entered_at is not null)::int                                     as entered_count,
       is_answered::int                                                  as answered_count,
       is_within::int                                                    as within_count,
       case when is_answered then (date_part('epoch', answered_at - entered_at) * 1000)::bigint else 0 end as answer_ms,
       (is_left and ending = 'abandoned' and not is_short)::int          as abandoned_count,
       (is_left and is_short)::int                                       as short_abandoned_count,
       (answered_at is not null and ending = 'abandoned')::int           as abandoned_later_count,
       (is_left and ending <> 'abandoned')::int                          as solved_waiting_count,
       (answered_at is not null and ended_at is not null)::int           as handled_count,
       case when answered_at is not null and ended_at is not null then handle_ms else 0 end as handle_ms,
       (ending = 'solved_by_bot')::int                                   as solved_by_bot_count,
       (entered_at is null and ending = 'left_bot')::int                 as left_bot_count,
       (entered_at is null and ended_at is not null and agent = '')::int as bot_only_count,
       case when promise = '' then coalesce((date_part('epoch', coalesce(answered_at, ended_at) - entered_at) * 1000)::bigint, 0)
            else 0 end                                                   as longest_wait_ms,
       asked_twice_count,
       is_test::int                                                      as test_count,
       (promise <> '')::int                                              as promised_count,
       (promise = 'kept')::int                                           as kept_count,
       (answered_at is not null and ending = 'unreached')::int           as unreached_count
from (
    select *, answered_at is not null and promise = '' as is_answered,
           entered_at is not null and answered_at is null and ended_at is not null and promise = '' as is_left
    from (
        select site, contact, number, counted_at, queue, channel, need, agent, is_short, handle_ms, is_test,
               is_within and not is_test                          as is_within,
               case when not is_test then entered_at end          as entered_at,
               case when not is_test then answered_at end         as answered_at,
               case when not is_test then ended_at end            as ended_at,
               case when is_test then '' else ending end          as ending,
               case when is_test then '' else promise end         as promise,
               case when is_test then 0 else asked_twice_count end as asked_twice_count
        from report_entry
    ) counted
) entry;
