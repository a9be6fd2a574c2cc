-- name: enqueue
insert into jobs (site, kind, key, body, run_at)
values (current_setting('dryfly.site'), $1, $2, $3, $4)
on conflict do nothing
returning true;

-- name: wake
select pg_notify('dryfly_jobs', '');

-- name: claim
-- One due job of a kind that we know, ours for its kind's lease. One whose worker vanished is due again after that.
update jobs set state = 'running', attempts = attempts + 1, run_at = $3::timestamptz + lease.s * interval '1 second'
from unnest($1::text[], $2::float8[]) as lease (kind, s)
where lease.kind = jobs.kind and (site, jobs.kind, key) = (
    select site, kind, key from jobs
    where state in ('waiting', 'running') and run_at <= $3 and kind = any($1)
    order by run_at, created_at
    limit 1
    for update skip locked
)
returning site, jobs.kind, key, body, attempts;

-- name: finish
-- $4, the attempt, keeps a worker that was given up for lost from ending its successor's work.
update jobs set state = 'done', finished_at = $5, last_error = null
where (site, kind, key, attempts) = ($1, $2, $3, $4) and state = 'running';

-- name: postpone
update jobs set state = 'waiting', run_at = $5, last_error = $6
where (site, kind, key, attempts) = ($1, $2, $3, $4) and state = 'running';

-- name: bury
update jobs set state = 'dead', finished_at = $5, last_error = $6
where (site, kind, key, attempts) = ($1, $2, $3, $4) and state = 'running';

-- name: next_due
select min(run_at) from jobs where state in ('waiting', 'running') and kind = any($1);

-- name: forget_done
delete from jobs where state = 'done' and finished_at < $1;

-- name: dead
select site, kind, key, body, attempts, last_error, finished_at from jobs
where state = 'dead' and (site, kind, key) > ($1, $2, $3)
order by site, kind, key
limit $4;

-- name: revive
update jobs set state = 'waiting', attempts = 0, run_at = $4, finished_at = null
where (site, kind, key) = ($1, $2, $3) and state = 'dead'
returning true;

-- name: counts
select kind, state, count(*) as jobs_count from jobs where state <> 'done' group by kind, state;
