-- name: read
select queue, closed_at, until, reason, by from queue_closing where site = $1

-- name: put
insert into queue_closing (site, queue, closed_at, until, reason, by) values ($1, $2, $3, $4, $5, $6)
on conflict (site, queue) do update
set closed_at = excluded.closed_at, until = excluded.until, reason = excluded.reason, by = excluded.by

-- name: lift
delete from queue_closing where site = $1 and queue = $2
