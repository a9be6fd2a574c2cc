-- What the bot did about each message, and so what it remembers: the state is part of the newest turn. The same
-- message again gets the same turn. Words of customers are in it: erasing a person deletes the rows.
create table bot_turn (
    site     text        not null,
    contact  text        not null,
    number   integer     not null,
    message  text        not null,
    customer text,
    turn     jsonb       not null,
    at       timestamptz not null,
    primary key (site, contact, number),
    unique (site, contact, message)
);
create index bot_turn_customer on bot_turn (site, customer, at) where customer is not null;
create index bot_turn_age on bot_turn (site, at);
select dryfly_protect('bot_turn');

-- A site's playbooks as they were put; the newest version is in use.
create table bot_playbook (
    site    text        not null,
    version integer     not null,
    text    text        not null,
    put_at  timestamptz not null,
    primary key (site, version)
);
select dryfly_protect('bot_playbook');
