-- name: promises
select queue, service_level_s, short_abandon_s from report_queue where site = $1;

-- name: newest_entries
select distinct on (contact) * from report_entry
where site = $1 and contact = any($2) order by contact, number desc;

-- name: open_spans
select * from report_span where site = $1 and agent = any($2) and to_at is null;

-- name: put_promise
insert into report_queue (site, queue, service_level_s, short_abandon_s) values ($1, $2, $3, $4)
on conflict (site, queue) do update
set service_level_s = excluded.service_level_s, short_abandon_s = excluded.short_abandon_s
where report_queue is distinct from excluded;

-- name: put_entry
insert into report_entry (
    site, contact, number, channel, arrived_at, need, queue, entered_at, service_level_s, short_abandon_s,
    answered_at, agent, is_within, ended_at, ending, is_short, disposition, handle_ms, serving, served_since,
    channel_now, is_test, asked_twice_count, promise, agreed_at
) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
    $24, $25)
on conflict (site, contact, number) do update set
    channel = excluded.channel, need = excluded.need, queue = excluded.queue, entered_at = excluded.entered_at,
    service_level_s = excluded.service_level_s, short_abandon_s = excluded.short_abandon_s,
    answered_at = excluded.answered_at, agent = excluded.agent, is_within = excluded.is_within,
    ended_at = excluded.ended_at, ending = excluded.ending, is_short = excluded.is_short,
    disposition = excluded.disposition, handle_ms = excluded.handle_ms, serving = excluded.serving,
    served_since = excluded.served_since, channel_now = excluded.channel_now, is_test = excluded.is_test,
    asked_twice_count = excluded.asked_twice_count, promise = excluded.promise, agreed_at = excluded.agreed_at;

-- name: put_span
insert into report_span (
    site, agent, from_at, to_at, state, reason, contacts_count, presence, is_connected
) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
on conflict (site, agent, from_at) do update set
    to_at = excluded.to_at, state = excluded.state, reason = excluded.reason,
    contacts_count = excluded.contacts_count, presence = excluded.presence, is_connected = excluded.is_connected;

-- name: add_time
insert into report_time_quarter (site, at, ready_ms, handling_ms, away_ms) values ($1, $2, $3, $4, $5)
on conflict (site, at) do update set
    ready_ms = report_time_quarter.ready_ms + excluded.ready_ms,
    handling_ms = report_time_quarter.handling_ms + excluded.handling_ms,
    away_ms = report_time_quarter.away_ms + excluded.away_ms;

-- name: add_figures
insert into report_quarter as kept (site, at, queue, channel, need, {names})
values ($1, $2, $3, $4, $5, {places_from_6})
on conflict (site, at, queue, channel, need) do update set {added};

-- name: add_agent
-- `{table}`: by quarters of an hour or by days.
insert into {table} as kept (site, at, agent, ready_ms, handling_ms, away_ms, {names})
values ($1, $2, $3, $4, $5, $6, {places_from_7})
on conflict (site, at, agent) do update set
    ready_ms = kept.ready_ms + excluded.ready_ms,
    handling_ms = kept.handling_ms + excluded.handling_ms,
    away_ms = kept.away_ms + excluded.away_ms,
    {added};

-- name: forget
delete from {table} where site = $1;
