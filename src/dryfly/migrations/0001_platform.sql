-- What every room's migrations stand on: sites kept apart, and jobs.

-- The site this transaction works for; null shows nothing, '*' shows every site.
create function dryfly_site() returns text
    language sql stable parallel safe
    return nullif(current_setting('dryfly.site', true), '');

-- Keeps the rows of a table apart by its column `site`, from the table's owner too.
-- The scalar subquery is evaluated once a statement, not once a row.
create function dryfly_protect(protected regclass) returns void
    language plpgsql as $$
begin
    execute format('alter table %s enable row level security', protected);
    execute format('alter table %s force row level security', protected);
    execute format(
        'create policy dryfly_site on %s using (site = (select dryfly_site()) or (select dryfly_site()) = ''*'')',
        protected
    );
end $$;

-- Background work. (site, kind, key) names a piece of work once: who asks for it again changes nothing.
-- A finished job stays a while so that this holds for late repetitions too; a dead one stays until somebody looks.
create table jobs (
    site        text        not null,
    kind        text        not null,
    key         text        not null,
    body        jsonb,
    state       text        not null default 'waiting' check (state in ('waiting', 'running', 'done', 'dead')),
    run_at      timestamptz not null,  -- when running: until then it is this worker's alone
    attempts    integer     not null default 0,
    last_error  text,
    created_at  timestamptz not null default now(),
    finished_at timestamptz,
    primary key (site, kind, key)
);
create index jobs_due on jobs (run_at) where state in ('waiting', 'running');
create index jobs_finished on jobs (finished_at) where state = 'done';
select dryfly_protect('jobs');
