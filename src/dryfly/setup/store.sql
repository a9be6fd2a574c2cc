-- name: lock_site
select version, body from site where site = $1 for update

-- name: read_site
select version, body from site where site = $1

-- name: read_version
select version from site where site = $1

-- name: list_sites
select site, body from site where site > $1 and ($3::text[] is null or site = any($3)) order by site limit $2

-- name: read_entries
select kind, body from setup_entry where site = $1 order by kind, id

-- name: insert_site
insert into site (site, version, body, changed_at) values ($1, $2, $3, $4)
on conflict (site) do nothing
returning site

-- name: update_site
update site set version = $2, body = $3, changed_at = $4 where site = $1

-- name: put_entry
insert into setup_entry (site, kind, id, body, changed_at, changed_by) values ($1, $2, $3, $4, $5, $6)
on conflict (site, kind, id)
do update set body = excluded.body, changed_at = excluded.changed_at, changed_by = excluded.changed_by

-- name: remove_entry
delete from setup_entry where site = $1 and kind = $2 and id = $3

-- name: agents_of_people
select agent from person where site = $1 and agent is not null

-- name: insert_audit
insert into audit (site, at, actor, action, subject, "values") values ($1, $2, $3, $4, $5, $6)

-- name: list_audit
select seq, at, actor, action, subject, "values" from audit
where site = $1 and seq < coalesce($2, 9223372036854775807) order by seq desc limit $3
