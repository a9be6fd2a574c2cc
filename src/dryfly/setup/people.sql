-- name: read_account
select id, email, password_hash, must_change from account where site = '*' and email = $1

-- name: read_account_of
select id, email, password_hash, must_change from account where site = '*' and id = $1

-- name: any_account
select exists (select from account where site = '*')

-- name: lock_accounts
lock table account in share row exclusive mode

-- name: insert_account
insert into account (id, email, password_hash, must_change, changed_at) values ($1, $2, $3, true, $4)
on conflict (email) do nothing
returning id

-- name: set_password
update account set password_hash = $2, must_change = $3, changed_at = $4 where site = '*' and id = $1

-- name: set_email
update account set email = $2 where site = '*' and id = $1

-- name: set_email_everywhere
update person set email = $2 where id = $1

-- name: remove_account
delete from account where site = '*' and id = $1 and not exists (select from person where person.id = $1)

-- name: list_people
select id, email, name, role, agent from person
where site = $1 and id > $2 and ($4 = '' or strpos(lower(name || ' ' || email || ' ' || coalesce(agent, '')), lower($4)) > 0)
order by id limit $3

-- name: list_everybody
select id, email, name, role, agent from person where site = $1 order by id

-- name: read_person
select id, email, name, role, agent from person where site = $1 and id = $2

-- name: sites_of
select site from person where id = $1 order by site

-- name: insert_person
insert into person (site, id, email, name, role, agent) values ($1, $2, $3, $4, $5, $6)
on conflict (site, id) do nothing
returning id

-- name: update_person
update person set name = $3, role = $4, agent = $5 where site = $1 and id = $2

-- name: remove_person
delete from person where site = $1 and id = $2

-- name: lock_administrators
select id from person where site = '*' and role = 'administrator' for update

-- name: keep_agent
select exists (select from setup_entry where site = $1 and kind = 'agents' and id = $2)

-- name: agent_taken
select exists (select from person where site = $1 and agent = $2 and id <> $3)

-- name: first_site
select coalesce(min(site), 'main') from site

-- name: lock_setup
select 1 from site where site = $1 for share

-- name: insert_accounts
insert into account (id, email, password_hash, must_change, changed_at)
select id, email, hash, true, $4 from unnest($1::text[], $2::text[], $3::text[]) as new (id, email, hash)
on conflict (email) do nothing
returning email

-- name: read_accounts
select id, email from account where site = '*' and email = any($1)

-- name: put_person
insert into person (site, id, email, name, role, agent) values ($1, $2, $3, $4, $5, $6)
on conflict (site, id) do update set name = excluded.name, role = excluded.role, agent = excluded.agent
