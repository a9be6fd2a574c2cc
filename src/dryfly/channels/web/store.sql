-- name: visitor
select visitor, contact, language from visitor where site = $1 and visitor = $2;

-- name: put_visitor
insert into visitor (site, visitor, contact, language, at) values ($1, $2, $3, $4, now())
on conflict (site, visitor) do update set contact = excluded.contact, language = excluded.language, at = now();

-- name: visitor_of_customer
select v.visitor, v.contact
from visitor v
where v.site = $1 and (
    v.contact = $3
    or v.contact in (select t.contact from talk t where t.site = $1 and t.customer = $2 and t.channel = 'web')
)
order by v.at desc
limit 1;

-- name: move_visitor
update visitor set contact = $4, at = now() where site = $1 and visitor = $2 and contact = $3;
