-- name: find
-- $2: words of a name, each the beginning of one; $3: beginnings of identifiers; $4: only these customers, or null
select c.customer, c.name, found.kind, found.value
from image_site s
cross join lateral (
    select i.customer, i.kind, i.value, 1 as rank from unnest($3::text[]) as start (value)
    join image_identifier i on i.site = $1 and i.version = s.version and i.kind not like 'proof:%'
        and i.value >= start.value collate "C" and i.value < start.value || U&'\FFFF' collate "C"
    union all
    select n.customer, 'name', '', 2 from image_name n
    where n.site = $1 and n.version = s.version and cardinality($2::text[]) > 0
        and n.word >= $2[1] and n.word < $2[1] || U&'\FFFF'
        and not exists (
            select from unnest($2[2:]) as other (word)
            where not exists (
                select from image_name o where o.site = $1 and o.version = s.version and o.customer = n.customer
                    and o.word >= other.word and o.word < other.word || U&'\FFFF'))
) found
join image_customer c on c.site = $1 and c.version = s.version and c.customer = found.customer
where s.site = $1 and ($4::text[] is null or c.customer = any($4))
order by found.rank, c.name, c.customer limit $5;

-- name: names
select c.customer, c.name from image_site s join image_customer c on c.site = s.site and c.version = s.version
where s.site = $1 and c.customer = any($2);

-- name: addresses
select distinct i.kind, i.value from image_site s join image_identifier i on i.site = s.site and i.version = s.version
where s.site = $1 and i.customer = $2 and i.kind in ('email', 'phone', 'channel') order by i.kind, i.value limit $3;

-- name: counts
select r.kind, count(*)::int as count from image_site s
join image_record r on r.site = s.site and r.version = s.version and r.customer = $2
where s.site = $1 group by r.kind;
