-- `{sums}`: each figure that adds up (sums.py).
-- Filters are arrays, or null for everything: $4 queues, $5 agents, $6 channels, $7 needs. $8: what the rows are.

-- name: quarters
-- By queue, channel or need: a few rows for each quarter of an hour, interval by interval along the key.
select number::int - 1 as interval, counted.*
from unnest($9::timestamptz[], $10::timestamptz[]) with ordinality as intervals (begin_at, end_at, number)
cross join lateral (
    select case $8::text when 'queue' then queue when 'channel' then channel else need end as key,
           {sums}
    from report_quarter
    where site = $1 and at >= begin_at and at < end_at and at >= $2 and at < $3
      and $5::text[] is null and ($4::text[] is null or queue = any($4))
      and ($6::text[] is null or channel = any($6)) and ($7::text[] is null or need = any($7))
    group by 1
) counted
limit $11;

-- name: entries
-- The same from the entries themselves, where agents are asked for.
select number::int - 1 as interval, counted.*
from unnest($9::timestamptz[], $10::timestamptz[]) with ordinality as intervals (begin_at, end_at, number)
cross join lateral (
    select case $8::text when 'queue' then queue when 'channel' then channel when 'need' then need else agent end as key,
           {sums}
    from report_entry_figures
    where site = $1 and counted_at >= begin_at and counted_at < end_at and counted_at >= $2 and counted_at < $3
      and ($4::text[] is null or queue = any($4)) and ($5::text[] is null or agent = any($5))
      and ($6::text[] is null or channel = any($6)) and ($7::text[] is null or need = any($7))
    group by 1
) counted
limit $11;

-- name: agents
-- Agents, with their time: whole days of UTC ($6 to $7) within each interval by days, its edges by quarters of an hour.
select number::int - 1 as interval, counted.*
from unnest($4::timestamptz[], $5::timestamptz[], $6::timestamptz[], $7::timestamptz[])
    with ordinality as intervals (begin_at, end_at, day_at, last_day_at, number)
cross join lateral (
    select case when $3::boolean then agent else '' end as key,
           sum(ready_ms)::bigint as ready_ms, sum(handling_ms)::bigint as handling_ms, sum(away_ms)::bigint as away_ms,
           {sums}
    from (
        select * from report_agent_day where site = $1 and at >= day_at and at < last_day_at
        union all
        select * from report_agent_quarter where site = $1 and at >= begin_at and at < day_at
        union all
        select * from report_agent_quarter where site = $1 and at >= last_day_at and at < end_at
    ) parts
    where $2::text[] is null or agent = any($2)
    group by 1
) counted
limit $8;

-- name: everybody
-- The time of all agents together.
select number::int - 1 as interval, counted.*
from unnest($2::timestamptz[], $3::timestamptz[]) with ordinality as intervals (begin_at, end_at, number)
cross join lateral (
    select sum(ready_ms)::bigint as ready_ms, sum(handling_ms)::bigint as handling_ms, sum(away_ms)::bigint as away_ms
    from report_time_quarter where site = $1 and at >= begin_at and at < end_at
    having count(*) > 0
) counted;

-- name: open_times
-- What agents spend their time on now, until $5: each one's newest span.
select number::int - 1 as interval, agent, state, (date_part('epoch', to_at - from_at) * 1000)::bigint as ms
from (
    select number, agent, state, greatest(begin_at, from_at) as from_at, least(end_at, $5) as to_at
    from report_span
    cross join unnest($3::timestamptz[], $4::timestamptz[]) with ordinality as intervals (begin_at, end_at, number)
    where site = $1 and to_at is null and state <> 'offline' and ($2::text[] is null or agent = any($2))
) open_spans
where from_at < to_at;

-- name: contacts
-- The entries behind a number, in order; $8 after which instant, contact and number. `{condition}` names the number.
select report_entry.*, coalesce(name.value, '') as customer_name
from report_entry join report_entry_figures figures using (site, contact, number)
left join lateral (
    select value from fact where fact.site = report_entry.site and fact.contact = report_entry.contact and key = 'name'
    order by seq desc limit 1
) name on true
where site = $1 and report_entry.counted_at >= $2 and report_entry.counted_at < $3
  and ($4::text[] is null or report_entry.queue = any($4)) and ($5::text[] is null or report_entry.agent = any($5))
  and ($6::text[] is null or report_entry.channel = any($6)) and ($7::text[] is null or report_entry.need = any($7))
  and ($8::timestamptz is null or (report_entry.counted_at, contact, number) > ($8, $9::text, $10::int))
  and {condition}
order by report_entry.counted_at, contact, number limit $11;

-- name: export_contacts
-- As `contacts`, without names, all of them. `{columns}` as the format wants them.
select {columns}
from report_entry join report_entry_figures figures using (site, contact, number)
where site = $1 and report_entry.counted_at >= $2 and report_entry.counted_at < $3
  and ($4::text[] is null or report_entry.queue = any($4)) and ($5::text[] is null or report_entry.agent = any($5))
  and ($6::text[] is null or report_entry.channel = any($6)) and ($7::text[] is null or report_entry.need = any($7))
  and {condition}
order by report_entry.counted_at, contact, number limit $8;
