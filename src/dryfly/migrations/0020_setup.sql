-- How sites work, who works there, who is signed in, and who changed what.

-- One row a site. `version` counts the changes of anything below it; locking this row makes changes take turns.
create table site (
    site       text        primary key check (site <> '*'),
    version    bigint      not null,
    body       jsonb       not null,
    changed_at timestamptz not null
);
select dryfly_protect('site');

-- Teams, skills, agents, queues, dispositions, presence reasons: documents of one shape a kind (setup/model.py).
create table setup_entry (
    site       text        not null references site,
    kind       text        not null,
    id         text        not null,
    body       jsonb       not null,
    changed_at timestamptz not null,
    changed_by text        not null,
    primary key (site, kind, id)
);
select dryfly_protect('setup_entry');

-- Who can prove who they are. Of no site: a site's own transactions never see a password's hash.
create table account (
    site          text        not null default '*' check (site = '*'),
    id            text        not null,
    email         text        not null check (email = lower(email)),
    password_hash text        not null,
    must_change   boolean     not null,
    changed_at    timestamptz not null,
    primary key (site, id),
    unique (id),
    unique (email)
);
select dryfly_protect('account');

-- What an account may do at a site; at the site '*' it may at every one.
create table person (
    site  text not null,
    id    text not null references account (id) on delete cascade,
    email text not null,
    name  text not null,
    role  text not null check (role in ('agent', 'supervisor', 'administrator')),
    agent text,
    primary key (site, id),
    unique (site, agent)
);
create index person_of_account on person (id);
select dryfly_protect('person');

-- `digest`: SHA-256 of the token in the cookie; the token itself is nowhere.
create table session (
    site    text        not null default '*' check (site = '*'),
    digest  bytea       not null,
    person  text        not null references account (id) on delete cascade,
    at_site text        not null,
    made_at timestamptz not null,
    seen_at timestamptz not null,
    primary key (site, digest)
);
create index session_of_person on session (person);
create index session_seen on session (seen_at);
select dryfly_protect('session');

create table audit (
    site    text        not null,
    seq     bigint      generated always as identity,
    at      timestamptz not null,
    actor   text        not null,
    action  text        not null,
    subject text        not null,
    "values" jsonb      not null,
    primary key (site, seq)
);
select dryfly_protect('audit');

create function dryfly_audit_stays() returns trigger language plpgsql as $$
begin
    raise exception 'the audit is only ever added to' using errcode = 'insufficient_privilege';
end $$;
create trigger audit_stays before update or delete or truncate on audit
    for each statement execute function dryfly_audit_stays();
