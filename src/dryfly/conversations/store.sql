-- name: messages
select m.seq, m.at, m.contact, m.message, m.author, m.agent, m.author_name, m.text, m.code, m.extra, d.state
from message m
left join lateral (
    select state from delivery d
    where d.site = m.site and d.contact = m.contact and d.message = m.message order by d.seq desc limit 1
) d on true
where m.site = $1 and m.contact = any($2) and m.seq < $3
order by m.seq desc limit $4;

-- name: notes
select seq, at, contact, note, agent, author_name, text, mentions, whisper from note
where site = $1 and contact = any($2) and seq <= $3 order by seq desc limit 200;

-- name: note_texts
select note, text from note where site = $1 and contact = any($2) and note = any($3);

-- name: facts
select distinct on (key) key, seq, at, contact, value, label, origin, certainty, learned_by, message, valid_until
from fact where site = $1 and contact = any($2) and seq <= $3 order by key, seq desc;

-- name: brief
-- its own before that of one that is merged into it
select contact, body from brief where site = $1 and contact = any($2) and seq <= $3
order by array_position($2, contact), seq desc limit 1;

-- name: last_messages
select distinct on (contact) seq, at, contact, message, author, agent, author_name, text, code, extra
from message where site = $1 and contact = any($2) and author in ('customer', 'agent') order by contact, seq desc;

-- name: facts_of_talks
select distinct on (contact, key) contact, key, value from fact
where site = $1 and contact = any($2) and key = any($3) order by contact, key, seq desc;

-- name: questions
-- who asked, and that the customer wrote
select contact, author, agent, case when author = 'customer' then '' else text end as text from message
where site = $1 and contact = any($2) and (author = 'customer' or text like '%?%') order by contact, seq;

-- name: facts_held
select distinct contact, key from fact where site = $1 and contact = any($2) and certainty > $3;

-- name: unread
-- $2: the contacts, $3: the talk that each goes on in; an answer on one of a talk's contacts is one on all
with open (contact, talk) as (select * from unnest($2::text[], $3::text[])),
answered as (
    select o.talk, max(s.seq) as seq from open o join message s on s.site = $1 and s.contact = o.contact
    where s.author = 'agent' group by o.talk
)
select m.contact, count(*)::int as unread
from open o join message m on m.site = $1 and m.contact = o.contact left join answered a on a.talk = o.talk
where m.author = 'customer' and m.seq > coalesce(a.seq, 0)
group by m.contact;

-- name: talk_of_contact
select contact, channel, customer, opened_at, closed_at, need, queue, agent, ending, customer_name, need_title, agents,
    main
from talk
where site = $1 and contact = $2;

-- name: merged_into
select contact, channel, opened_at, merged_at from talk
where site = $1 and main = $2 order by merged_at, contact;

-- name: put_attachment
insert into attachment (site, attachment, owner, name, media_type, bytes_count, content, at)
select $1, $2, $3, $4, $5, $6, $7, now()
where (select count(*) from attachment where site = $1 and owner = $3 and at > now() - interval '1 day') < $8
returning attachment;

-- name: claim_attachments
update attachment set contact = $4
where site = $1 and owner = $2 and attachment = any($3) and (contact is null or contact = $4)
returning attachment, name, media_type, bytes_count;

-- name: attachment
select name, media_type, content, contact, owner from attachment where site = $1 and attachment = $2;
