-- name: insert_session
insert into session (digest, person, at_site, made_at, seen_at) values ($1, $2, $3, $4, $4)

-- name: read_session
select s.person, s.at_site, s.made_at, s.seen_at, a.email, a.must_change,
       (select json_agg(json_build_object('site', p.site, 'name', p.name, 'role', p.role, 'agent', p.agent))
          from person p where p.id = s.person) as places
from session s join account a on a.site = '*' and a.id = s.person
where s.site = '*' and s.digest = $1

-- name: see_session
update session set seen_at = $2 where site = '*' and digest = $1 and seen_at < $2

-- name: move_session
update session set at_site = $2 where site = '*' and digest = $1

-- name: end_session
delete from session where site = '*' and digest = $1

-- name: end_sessions_of
delete from session where site = '*' and person = $1 and digest <> $2

-- name: end_oldest_of
delete from session where site = '*' and digest in (
    select digest from session where site = '*' and person = $1 and digest <> $2 order by seen_at desc offset $3
)
returning digest

-- name: end_expired
delete from session where site = '*' and (seen_at < $1 or made_at < $2)
returning digest, person

-- name: sessions_of
select digest, person from session where site = '*' and person = any($1)
