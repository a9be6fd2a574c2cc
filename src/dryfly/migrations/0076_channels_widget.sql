-- What customers answered to the one question after a talk. `score` is empty where they would rather not.
create table survey_answer (
    site        text        not null,
    seq         bigint      not null,
    at          timestamptz not null,
    contact     text        not null,
    score       smallint,
    text        text        not null,
    channel     text        not null,
    ended_by    text        not null,
    ended_at    bigint      not null,
    primary key (site, contact, seq)
);
create index survey_answer_at on survey_answer (site, at);
select dryfly_protect('survey_answer');

-- How often an invitation was due, shown or held back, and what came of it. Counts only: of nobody in particular.
create table invitation_count (
    site       text   not null,
    invitation text   not null,
    day        date   not null,
    arm        text   not null,
    what       text   not null,
    count      bigint not null,
    primary key (site, invitation, day, arm, what)
);
select dryfly_protect('invitation_count');
