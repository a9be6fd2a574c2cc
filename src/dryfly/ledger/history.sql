-- name: snapshot_before
select seq, state from snapshot
where site = $1 and at < timestamptz 'epoch' + $2::bigint * interval '1 millisecond' order by seq desc limit 1;

-- name: snapshots_after
select seq, state from snapshot where site = $1 and seq > $2 order by seq;

-- name: history
select seq, (extract(epoch from at) * 1000)::bigint as at, kind, version, body::text
from journal where site = $1 and seq > $2 order by seq limit $3;
