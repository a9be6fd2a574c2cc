-- name: read
select alert, beyond_since, raised_at, seen_by from desk_alert where site = $1

-- name: put
insert into desk_alert (site, alert, beyond_since, raised_at, seen_by) values ($1, $2, $3, $4, $5)
on conflict (site, alert) do update
set beyond_since = excluded.beyond_since, raised_at = excluded.raised_at, seen_by = excluded.seen_by

-- name: forget
delete from desk_alert where site = $1 and alert = any($2)
