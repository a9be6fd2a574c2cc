-- name: ensure_site
insert into image_site (site, secret) values ($1, $2) on conflict (site) do nothing;

-- name: site
select s.secret, s.version, s.mapping, v.source, v.mapping as version_mapping, v.loaded_at
from image_site s left join image_version v on v.site = s.site and v.version = s.version
where s.site = $1;

-- name: save_mapping
update image_site set mapping = $2, mapping_saved_at = $3, refresh_every_min = $4 where site = $1;

-- Reading. Each statement sees one version whole, and tells which: a row comes even when nothing is found.

-- name: find
select s.version, i.hash, i.kind, i.value, i.customer
from image_site s left join image_identifier i
    on i.site = s.site and i.version = s.version and i.hash = any($2)
where s.site = $1
order by i.customer limit $3;

-- name: profile
select s.version, c.customer, c.name, c.body
from image_site s left join image_customer c
    on c.site = s.site and c.version = s.version and c.customer = $2
where s.site = $1;

-- name: records
-- $3: kinds that may be seen; $4-$6: the last row of the page before
select s.version, r.kind, r.key, r.title, r.status, r.amount, r.date, r.body,
    (select coalesce(json_agg(l.body order by l.position), '[]') from image_line l
     where l.site = r.site and l.version = r.version and l.kind = r.kind and l.record = r.key) as lines
from image_site s left join image_record r
    on r.site = s.site and r.version = s.version and r.customer = $2 and r.kind = any($3)
    and ($4::text is null or (r.date, r.kind, r.key) < ($4, $5, $6))
where s.site = $1
order by r.date desc, r.kind desc, r.key desc limit $7;

-- name: record
select s.version, r.kind, r.key, r.title, r.status, r.amount, r.date, r.body,
    (select coalesce(json_agg(l.body order by l.position), '[]') from image_line l
     where l.site = r.site and l.version = r.version and l.kind = r.kind and l.record = r.key) as lines
from image_site s left join image_record r
    on r.site = s.site and r.version = s.version and r.customer = $2 and r.kind = $3 and r.key = $4
where s.site = $1;

-- Refreshing. Rows are copied into staging tables of the transaction, since COPY does not pass row-level
-- security, and move to their places in one statement each.

-- name: stage
create temp table stage_customer (customer text, name text, body text) on commit drop;
create temp table stage_identifier (hash bytea, customer text, kind text, value text) on commit drop;
create temp table stage_record (kind text, key text, customer text, title text, status text, amount numeric,
    date text, body text) on commit drop;
create temp table stage_line (kind text, record text, position integer, body text) on commit drop;

-- name: try_lock_refresh
select pg_try_advisory_xact_lock(hashtextextended('image refresh ' || $1, 0));

-- name: lock_switch
select pg_advisory_xact_lock(hashtextextended('image switch ' || $1, 0));

-- name: next_version
select coalesce(max(version), 0) + 1 from image_version where site = $1;

-- name: analyze_stage
-- nobody else analyses temporary tables, and a join of two misjudged ones takes minutes
analyze stage_customer, stage_identifier, stage_record, stage_line;

-- name: analyze_image
analyze image_customer, image_identifier, image_record, image_line;

-- name: purge_staged_suppressed
with gone as (select customer from image_suppressed where site = $1),
    customers as (delete from stage_customer where customer in (select customer from gone)),
    identifiers as (delete from stage_identifier where customer in (select customer from gone)),
    lines as (delete from stage_line l using stage_record r
        where r.kind = l.kind and r.key = l.record and r.customer in (select customer from gone))
delete from stage_record where customer in (select customer from gone);

-- name: count_dropped
select count(*) as before, count(*) filter (where s.customer is null) as dropped
from image_site i
join image_customer c on c.site = i.site and c.version = i.version
left join stage_customer s on s.customer = c.customer
where i.site = $1;

-- name: build_customers
insert into image_customer (site, version, customer, name, body)
select $1, $2, customer, name, body::jsonb from stage_customer;

-- name: build_names
insert into image_name (site, word, version, customer)
select distinct $1, word, $2::integer, customer from stage_customer, dryfly_name_words(name) word where word <> '';

-- name: build_identifiers
insert into image_identifier (site, version, hash, customer, kind, value)
select distinct on (hash, customer) $1, $2::integer, hash, customer, kind, value from stage_identifier;

-- name: build_records
insert into image_record (site, version, kind, key, customer, title, status, amount, date, body)
select $1, $2, kind, key, customer, title, status, amount, date, body::jsonb from stage_record;

-- name: build_lines
insert into image_line (site, version, kind, record, position, body)
select $1, $2, kind, record, position, body::jsonb from stage_line;

-- name: add_version
insert into image_version (site, version, source, mapping, loaded_at, customers_count, identifiers_count, records,
    rejected)
values ($1, $2, $3, $4, $5, (select count(*) from stage_customer),
    (select count(*) from (select distinct hash, customer from stage_identifier) i),
    (select coalesce(jsonb_object_agg(kind, n), '{}') from (select kind, count(*) n from stage_record group by kind) k),
    $6)
returning customers_count, identifiers_count, records;

-- name: switch
update image_site set version = $2 where site = $1;

-- name: drop_old_versions
-- $2: versions up to this one go
with customers as (delete from image_customer where site = $1 and version <= $2),
    names as (delete from image_name where site = $1 and version <= $2),
    identifiers as (delete from image_identifier where site = $1 and version <= $2),
    records as (delete from image_record where site = $1 and version <= $2),
    lines as (delete from image_line where site = $1 and version <= $2)
delete from image_version where site = $1 and version <= $2;

-- name: clear_rejects
delete from image_reject where site = $1;

-- name: add_reject
insert into image_reject (site, number, entity, source, row_number, what, place, reason, raw, customer)
select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10
where not exists (select from image_suppressed s where s.site = $1 and s.customer = $10);

-- name: rejects
select number, entity, source, row_number, what, place, reason, raw from image_reject
where site = $1 and number > $2 order by number limit $3;

-- name: versions
select v.version, v.source, v.loaded_at, v.customers_count, v.identifiers_count, v.records, v.rejected,
    v.version = s.version as current
from image_version v join image_site s on s.site = v.site
where v.site = $1 order by v.version desc;

-- name: scheduled
select site, refresh_every_min from image_site where refresh_every_min is not null order by site;

-- Erasing.

-- name: is_on_file
select exists (select from image_customer where site = $1 and customer = $2);

-- name: suppress
insert into image_suppressed (site, customer, at) values ($1, $2, $3) on conflict do nothing;

-- name: erase_customer
with lines as (delete from image_line l using image_record r
        where r.site = $1 and r.customer = $2
        and (l.site, l.version, l.kind, l.record) = (r.site, r.version, r.kind, r.key)),
    records as (delete from image_record where site = $1 and customer = $2),
    names as (delete from image_name where site = $1 and customer = $2),
    identifiers as (delete from image_identifier where site = $1 and customer = $2),
    rejects as (delete from image_reject where site = $1 and customer = $2)
delete from image_customer where site = $1 and customer = $2;
