-- Who came to a widget. `visitor` is the hash of a secret that only the visitor's page keeps.
create table visitor (
    site     text        not null,
    visitor  text        not null,
    contact  text        not null,
    language text        not null,
    login    text,
    at       timestamptz not null,
    primary key (site, visitor)
);
select dryfly_protect('visitor');
