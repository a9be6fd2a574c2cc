-- name: lock_writer
-- Blocks until the other writer's connection is gone: a standby waits here.
select pg_advisory_lock(hashtext('dryfly writer'), hashtext($1));

-- name: begin_epoch
insert into lease (site, epoch) values ($1, 1)
on conflict (site) do update set epoch = lease.epoch + 1, taken_at = now()
returning epoch;

-- name: ensure_partitions
select dryfly_journal_partitions();

-- name: newest_snapshot
select seq, (extract(epoch from at) * 1000)::bigint as at, digest, state
from snapshot where site = $1 order by seq desc limit 1;

-- name: save_snapshot
-- The newest two are kept, and the last of each day for five weeks: a day is read again from where it began.
with fence as (select 1 from lease where site = $1 and epoch = $2),
saved as (
    insert into snapshot (site, seq, at, digest, state)
    select $1, $3, timestamptz 'epoch' + $4 * interval '1 millisecond', $5, $6 from fence
    on conflict (site, seq) do nothing
)
delete from snapshot where site = $1 and seq < (
    select min(seq) from (select seq from snapshot where site = $1 order by seq desc limit 2) newest
) and (at < timestamptz 'epoch' + $4 * interval '1 millisecond' - interval '35 days' or exists (
    select from snapshot later
    where later.site = $1 and later.seq > snapshot.seq
        and date_trunc('day', later.at, 'UTC') = date_trunc('day', snapshot.at, 'UTC')
));

-- name: tail
select seq, (extract(epoch from at) * 1000)::bigint as at, kind, version, command, command_hash, body::text
from journal where site = $1 and seq > $2 order by seq limit $3;

-- name: records
select seq, (extract(epoch from at) * 1000)::bigint as at, kind, version, command, actor, cause, contact, body::text
from journal where site = $1 and seq > $2 order by seq limit $3;

-- name: find_command
select seq, (extract(epoch from at) * 1000)::bigint as at, kind, version, command_hash, body::text
from journal where site = $1 and command = $2 order by seq;

-- name: recent_commands
select seq, (extract(epoch from at) * 1000)::bigint as at, kind, version, command, command_hash,
       case when kind = 'CommandRefused' then body::text end as body
from journal
where site = $1 and at > timestamptz 'epoch' + $2::bigint * interval '1 millisecond'
order by seq;

-- name: follower_seq
select seq from follower where site = $1 and name = $2;

-- name: follower_moved
insert into follower (site, name, seq) values ($1, $2, $3)
on conflict (site, name) do update set seq = excluded.seq where follower.seq < excluded.seq;

-- name: events_of
select seq, (extract(epoch from at) * 1000)::bigint as at, kind, version, command, actor, cause, contact, body::text
from journal where site = $1 and contact = $2 and kind = any($3) and seq > $4 and seq < $5 order by seq desc limit $6;

-- name: story
select seq, (extract(epoch from at) * 1000)::bigint as at, kind, version, command, actor, cause, contact, body::text
from journal where site = $1 and contact = $2 and seq <= $3 order by seq desc limit $4;
