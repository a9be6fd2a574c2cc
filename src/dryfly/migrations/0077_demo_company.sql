-- Which sites are a demo's. Nothing simulated ever touches a site that has no row here.
create table demo_company (
    site     text        primary key,
    seed     bigint      not null,
    made_at  timestamptz not null,
    is_whole boolean     not null default false  -- false: making it was broken off
);
select dryfly_protect('demo_company');
