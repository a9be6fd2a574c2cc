-- name: take_turn
-- Two requests of one site count one after the other.
select pg_advisory_xact_lock(hashtext('dryfly letters'), hashtext($1));

-- name: third_newest
-- The third newest letter of the visitor, the contact or the address: an hour after it there is room for one more.
select max(third) from (
    (select asked_at from letter where site = $1 and visitor = $2 order by asked_at desc offset 2 limit 1)
    union all
    (select asked_at from letter where site = $1 and contact = $3 order by asked_at desc offset 2 limit 1)
    union all
    (select asked_at from letter where site = $1 and recipient_hash = $4 order by asked_at desc offset 2 limit 1)
) as newest (third);

-- name: put_letter
insert into letter (site, letter, contact, visitor, recipient, recipient_hash, language, zone, permit_rule, asked_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: forget_old
delete from letter where site = $1 and asked_at < $2 and state <> 'waiting';

-- name: waiting_letter
select letter, contact, recipient, language, zone, asked_at from letter
where site = $1 and letter = $2 and state = 'waiting';

-- name: end_letter
update letter set state = $3, ended_at = $4, reason = $5, recipient = null
where site = $1 and letter = $2 and state = 'waiting';
