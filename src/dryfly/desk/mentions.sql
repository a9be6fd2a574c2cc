-- name: recent
select n.seq, n.at, n.contact, n.note, n.agent, n.author_name, n.text, n.mentions,
       array(select h.agent from note_heeded h
             where h.site = n.site and h.contact = n.contact and h.note = n.note) as heeded
from note n where n.site = $1 and n.mentions <> '' order by n.seq desc limit $2;

-- name: is_mentioned
select exists (
    select from note where site = $1 and contact = $2 and $3 = any(string_to_array(mentions, ' '))
);
