-- name: begin_wait
insert into waiting_entry (site, contact, queued_at, queue, version, signs, rule_s, told_s, told_to_s)
values ($1, $2, to_timestamp($3::bigint / 1000.0), $4, $5, $6, $7, $8, $9)
on conflict do nothing;

-- name: begun
select contact from waiting_entry where site = $1 and contact = any($2) and ended_at is null;

-- name: end_wait
update waiting_entry set ended_at = to_timestamp($3::bigint / 1000.0), is_answered = $4
where site = $1 and contact = $2 and ended_at is null and queued_at <= to_timestamp($3::bigint / 1000.0);

-- name: queues_learned_from
select queue, count(*) filter (where is_answered) as answered, count(distinct queued_at::date) as days
from waiting_entry
where site = $1 and version = $2 and is_answered is not null and queued_at >= to_timestamp($3::bigint / 1000.0)
group by queue order by queue;

-- name: history
select signs, rule_s, is_answered, extract(epoch from ended_at - queued_at)::float8 as wait_s,
    floor(extract(epoch from queued_at) / 86400)::float8 as day
from waiting_entry
where site = $1 and queue = $2 and is_answered is not null and version = $3
order by queued_at desc
limit $4;

-- name: put_model
insert into waiting_model (site, queue, number, version, made_at, refused, waits, error_s, rule_s, covered, lines)
select $1, $2, coalesce(max(number), 0) + 1, $3, to_timestamp($4::bigint / 1000.0), $5, $6, $7, $8, $9, $10::text::jsonb
from waiting_model where site = $1 and queue = $2
returning number;

-- name: models
select distinct on (queue) queue, lines::text as lines
from waiting_model where site = $1 and version = $2 and refused = ''
order by queue, number desc;

-- name: forget
delete from waiting_entry where site = $1 and queued_at < to_timestamp($2::bigint / 1000.0);

-- name: forget_models
-- The one in use stays, however old it is.
delete from waiting_model m where site = $1 and made_at < to_timestamp($2::bigint / 1000.0) and exists (
    select from waiting_model newer
    where newer.site = m.site and newer.queue = m.queue and newer.number > m.number and newer.refused = ''
);

-- name: lately
select avg(abs(extract(epoch from ended_at - queued_at) - told_s))::float8 as error_s,
    avg((extract(epoch from ended_at - queued_at) <= told_to_s)::int)::float8 as covered
from waiting_entry
where site = $1 and is_answered and told_s is not null and queued_at >= to_timestamp($2::bigint / 1000.0);

-- name: sites
select site from site order by site;

-- name: told
select contact, told::text as told from waiting_told where site = $1;

-- name: put_told
insert into waiting_told (site, contact, told) values ($1, $2, $3::text::jsonb)
on conflict (site, contact) do update set told = excluded.told;

-- name: forget_told
delete from waiting_told where site = $1 and contact = any($2);
