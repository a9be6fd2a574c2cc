-- name: visitor
select visitor, contact, language from visitor where site = $1 and visitor = $2;

-- name: put_visitor
insert into visitor (site, visitor, contact, language, at) values ($1, $2, $3, $4, now())
on conflict (site, visitor) do update set contact = excluded.contact, language = excluded.language, at = now();
