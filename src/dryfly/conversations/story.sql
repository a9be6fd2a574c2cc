-- name: story
-- $3: but this contact; $4: the last one of the page before, or null
select contact, channel, opened_at, closed_at, need, ending, queue, need_title, agents, with_bot, disposition,
    main, (select a.score from survey_answer a where a.site = $1 and a.contact = talk.contact order by a.seq limit 1) as score
from talk
where site = $1 and customer = $2 and contact <> $3
  and ($4::text is null
       or (opened_at, contact) < (select t.opened_at, t.contact from talk t where t.site = $1 and t.contact = $4))
order by opened_at desc, contact desc limit $5;

-- name: last_agent
-- of the newest contact of the customer that somebody served, but $3
select agents[cardinality(agents)] from talk
where site = $1 and customer = $2 and contact <> $3 and cardinality(agents) > 0 order by opened_at desc limit 1

-- name: arrived
insert into talk (site, contact, channel, customer, opened_at) values ($1, $2, $3, $4, $5)
on conflict (site, contact) do nothing;

-- name: identified
update talk set customer = $3 where site = $1 and contact = $2;

-- name: queued
update talk set queue = $3, need = coalesce($4, need) where site = $1 and contact = $2;

-- name: named
update talk set customer_name = coalesce($3, customer_name), need_title = coalesce($4, need_title)
where site = $1 and contact = $2;

-- name: bot_spoke
update talk set with_bot = true where site = $1 and contact = $2 and not with_bot;

-- name: engaged
update talk set agent = $3, agents = array_append(array_remove(agents, $3), $3) where site = $1 and contact = $2;

-- name: merged
update talk set main = $3, merged_at = $4 where site = $1 and contact = $2;

-- name: closed
update talk set closed_at = $3, ending = $4, disposition = $5 where site = $1 and contact = $2;
