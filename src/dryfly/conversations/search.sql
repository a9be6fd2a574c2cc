-- name: add_line
insert into search_line (site, contact, seq, at, kind, words)
values ($1, $2, $3, $4, $5, to_tsvector('simple', $6)) on conflict do nothing;

-- name: look_for
-- All words, the last one by its beginning; or a telephone number by the end of it ($2, may be null).
with asked as (select plainto_tsquery('simple', $1)::text as words)
select set_config('dryfly.search', coalesce(
    case when $2::text is not null then quote_literal($2) end,
    case when words <> '' then words || ':*' end,
    ''), true)
from asked;

-- name: be_done_within
select set_config('statement_timeout', $1, true);

-- name: find
-- $2: since; $3, $4: before this time, and where it is the same before this contact; $5: all of them may be read, or
-- $6: those of this agent, $7: of these customers, $8: these contacts; $9: how many
select t.contact, t.channel, t.customer, t.customer_name, t.opened_at, t.closed_at, t.need, t.need_title, t.queue,
    t.agents, t.with_bot, t.ending, t.disposition, hit.at, hit.seq, hit.count
from (
    select l.contact, max(l.at) as at, max(l.seq) as seq, count(*)::int as count
    from search_line l join talk r on r.site = l.site and r.contact = l.contact
    where l.site = $1 and l.words @@ (select dryfly_search()) and l.at >= $2
      and ($5 or r.agents @> array[$6::text] or r.customer = any($7) or r.contact = any($8))
    group by l.contact
    having (max(l.at), l.contact) < ($3, $4)
    order by 2 desc, 1 desc limit $9
) hit join talk t on t.site = $1 and t.contact = hit.contact
order by hit.at desc, t.contact desc;

-- name: snippets
-- the found line of each contact ($2, $3), the words marked by two characters that nobody writes
select l.contact, l.kind, ts_headline('simple', translate(s.text, E'\x02\x03', ''), (select dryfly_search()),
    E'StartSel=\x02, StopSel=\x03, MaxWords=26, MinWords=8, ShortWord=0') as marked
from unnest($2::text[], $3::bigint[]) as wanted (contact, seq)
join search_line l on l.site = $1 and l.contact = wanted.contact and l.seq = wanted.seq
cross join lateral (
    select text from message m where m.site = $1 and m.contact = l.contact and m.seq = l.seq and l.kind = 'message'
    union all
    select text from note n where n.site = $1 and n.contact = l.contact and n.seq = l.seq and l.kind = 'note'
    union all
    select string_agg(f.value, ' · ' order by f.key) from fact f
    where f.site = $1 and f.contact = l.contact and f.seq = l.seq and l.kind = 'facts' having count(*) > 0
) s;
