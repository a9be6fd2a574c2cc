-- name: turns
-- The newest turn of the contact, and the one that this message had.
(select number, message, turn from bot_turn where site = $1 and contact = $2 order by number desc limit 1)
union
(select number, message, turn from bot_turn where site = $1 and contact = $2 and message = $3)
order by number desc;

-- name: keep_turn
insert into bot_turn (site, contact, number, message, customer, turn, at)
select $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5, $6 from bot_turn where site = $1 and contact = $2;

-- name: answered
select distinct on (contact) turn from bot_turn
where site = $1 and customer = $2 and contact <> $3 and at >= $4
order by contact, number desc limit $5;

-- name: forget_customer
delete from bot_turn
where site = $1 and contact in (select contact from bot_turn where site = $1 and customer = $2);

-- name: forget_contact
delete from bot_turn where site = $1 and contact = $2;

-- name: forget_before
delete from bot_turn where site = $1 and at < $2;

-- name: playbook
select version, text from bot_playbook where site = $1 order by version desc limit 1;

-- name: put_playbook
insert into bot_playbook (site, version, text, put_at)
select $1, coalesce(max(version), 0) + 1, $2, $3 from bot_playbook where site = $1
returning version;
