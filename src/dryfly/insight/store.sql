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
    channel_now
) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
on conflict (site, contact, number) do update set
    channel = excluded.channel, need = excluded.need, queue = excluded.queue, entered_at = excluded.entered_at,
    service_level_s = excluded.service_level_s, short_abandon_s = excluded.short_abandon_s,
    answered_at = excluded.answered_at, agent = excluded.agent, is_within = excluded.is_within,
    ended_at = excluded.ended_at, ending = excluded.ending, is_short = excluded.is_short,
    disposition = excluded.disposition, handle_ms = excluded.handle_ms, serving = excluded.serving,
    served_since = excluded.served_since, channel_now = excluded.channel_now;

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
insert into report_quarter (
    site, at, queue, channel, need, entered_count, answered_count, within_count, answer_ms, abandoned_count,
    short_abandoned_count, abandoned_later_count, solved_waiting_count, handled_count, handle_ms,
    solved_by_bot_count, left_bot_count, bot_only_count, longest_wait_ms
) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
on conflict (site, at, queue, channel, need) do update set
    entered_count = report_quarter.entered_count + excluded.entered_count,
    answered_count = report_quarter.answered_count + excluded.answered_count,
    within_count = report_quarter.within_count + excluded.within_count,
    answer_ms = report_quarter.answer_ms + excluded.answer_ms,
    abandoned_count = report_quarter.abandoned_count + excluded.abandoned_count,
    short_abandoned_count = report_quarter.short_abandoned_count + excluded.short_abandoned_count,
    abandoned_later_count = report_quarter.abandoned_later_count + excluded.abandoned_later_count,
    solved_waiting_count = report_quarter.solved_waiting_count + excluded.solved_waiting_count,
    handled_count = report_quarter.handled_count + excluded.handled_count,
    handle_ms = report_quarter.handle_ms + excluded.handle_ms,
    solved_by_bot_count = report_quarter.solved_by_bot_count + excluded.solved_by_bot_count,
    left_bot_count = report_quarter.left_bot_count + excluded.left_bot_count,
    bot_only_count = report_quarter.bot_only_count + excluded.bot_only_count,
    longest_wait_ms = greatest(report_quarter.longest_wait_ms, excluded.longest_wait_ms);

-- name: add_agent
-- `{table}`: by quarters of an hour or by days.
insert into {table} (
    site, at, agent, ready_ms, handling_ms, away_ms,
    entered_count, answered_count, within_count, answer_ms, abandoned_count, short_abandoned_count,
    abandoned_later_count, solved_waiting_count, handled_count, handle_ms, solved_by_bot_count, left_bot_count,
    bot_only_count, longest_wait_ms
) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
on conflict (site, at, agent) do update set
    ready_ms = {table}.ready_ms + excluded.ready_ms,
    handling_ms = {table}.handling_ms + excluded.handling_ms,
    away_ms = {table}.away_ms + excluded.away_ms,
    entered_count = {table}.entered_count + excluded.entered_count,
    answered_count = {table}.answered_count + excluded.answered_count,
    within_count = {table}.within_count + excluded.within_count,
    answer_ms = {table}.answer_ms + excluded.answer_ms,
    abandoned_count = {table}.abandoned_count + excluded.abandoned_count,
    short_abandoned_count = {table}.short_abandoned_count + excluded.short_abandoned_count,
    abandoned_later_count = {table}.abandoned_later_count + excluded.abandoned_later_count,
    solved_waiting_count = {table}.solved_waiting_count + excluded.solved_waiting_count,
    handled_count = {table}.handled_count + excluded.handled_count,
    handle_ms = {table}.handle_ms + excluded.handle_ms,
    solved_by_bot_count = {table}.solved_by_bot_count + excluded.solved_by_bot_count,
    left_bot_count = {table}.left_bot_count + excluded.left_bot_count,
    bot_only_count = {table}.bot_only_count + excluded.bot_only_count,
    longest_wait_ms = greatest({table}.longest_wait_ms, excluded.longest_wait_ms);

-- name: forget
delete from {table} where site = $1;
