-- Where each alert stands, so that a restart forgets neither that it is raised, nor since when, nor who takes care of it.
create table desk_alert (
    site         text   not null,
    alert        text   not null,
    beyond_since bigint,
    raised_at    bigint,
    seen_by      text   not null,
    primary key (site, alert)
);
select dryfly_protect('desk_alert');
