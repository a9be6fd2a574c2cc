-- Two more figures of each entry: questions that were put twice, and test contacts, which count in nothing else.

alter table report_entry
    add column is_test           boolean not null default false,
    add column asked_twice_count integer not null default 0;
alter table report_quarter
    add column asked_twice_count bigint not null default 0,
    add column test_count        bigint not null default 0;
alter table report_agent_quarter
    add column asked_twice_count bigint not null default 0,
    add column test_count        bigint not null default 0;
alter table report_agent_day
    add column asked_twice_count bigint not null default 0,
    add column test_count        bigint not null default 0;

-- Each entry's part in each figure, as in 0079; of a test contact nothing ever came.
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
       coalesce((date_part('epoch', coalesce(answered_at, ended_at) - entered_at) * 1000)::bigint, 0) as longest_wait_ms,
       asked_twice_count,
       is_test::int                                                      as test_count
from (
    select *, entered_at is not null and answered_at is null and ended_at is not null as is_left
    from (
        select site, contact, number, counted_at, queue, channel, need, agent, is_short, handle_ms, is_test,
               is_within and not is_test                          as is_within,
               case when not is_test then entered_at end          as entered_at,
               case when not is_test then answered_at end         as answered_at,
               case when not is_test then ended_at end            as ended_at,
               case when is_test then '' else ending end          as ending,
               case when is_test then 0 else asked_twice_count end as asked_twice_count
        from report_entry
    ) counted
) entry;

-- Sites that walked their customers' path before fold their history again, so that those contacts are left out.
create temp table walked on commit drop as select distinct site from fact where key = 'test_contact';
delete from report_entry where site in (select site from walked);
delete from report_quarter where site in (select site from walked);
delete from report_span where site in (select site from walked);
delete from report_agent_quarter where site in (select site from walked);
delete from report_agent_day where site in (select site from walked);
delete from report_time_quarter where site in (select site from walked);
delete from report_queue where site in (select site from walked);
delete from follower where name = 'reports' and site in (select site from walked);
drop table walked;
