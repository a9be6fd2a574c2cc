-- name: visitor
select visitor, contact, language from visitor where site = $1 and visitor = $2;

-- name: put_visitor
with held as (
    insert into visitor_talk (site, visitor, contact) values ($1, $2, $3) on conflict do nothing
)
insert into visitor (site, visitor, contact, language, at) values ($1, $2, $3, $4, now())
on conflict (site, visitor) do update set contact = excluded.contact, language = excluded.language, at = now();

-- name: visitor_of_customer
-- Where the customer talked last, and the page's newest talk. `is_theirs`: that one is with the same customer, or is $3.
select v.visitor, v.contact,
    v.contact = $3 or exists (
        select from talk t where t.site = $1 and t.contact = v.contact and t.customer = $2
    ) as is_theirs
from visitor v
where v.site = $1 and v.visitor in (
    select h.visitor from visitor_talk h
    where h.site = $1 and (
        h.contact = $3
        or h.contact in (select t.contact from talk t where t.site = $1 and t.customer = $2 and t.channel = 'web')
    )
)
order by is_theirs desc, v.at desc
limit 1;

-- name: move_visitor
with held as (
    insert into visitor_talk (site, visitor, contact) values ($1, $2, $4) on conflict do nothing
)
update visitor set contact = $4, at = now() where site = $1 and visitor = $2 and contact = $3;
