-- Queues that a supervisor closed for now, whatever their hours say. It is no part of the set-up: whoever writes the
-- set-up anew from a file must not open them by it.
create table queue_closing (
    site      text   not null,
    queue     text   not null,
    closed_at bigint not null,
    until     bigint not null,
    reason    text   not null,
    by        text   not null, -- the person's name
    primary key (site, queue)
);
select dryfly_protect('queue_closing');
