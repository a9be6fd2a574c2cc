-- Which talks were held at which visitor's page: `visitor.contact` is only the newest of them.
create table visitor_talk (
    site    text not null,
    contact text not null,
    visitor text not null,
    primary key (site, contact)
);
create index visitor_talk_visitor on visitor_talk (site, visitor);
select dryfly_protect('visitor_talk');
insert into visitor_talk (site, contact, visitor) select site, contact, visitor from visitor on conflict do nothing;
