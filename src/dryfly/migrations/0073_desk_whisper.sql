-- A supervisor's whisper is a note that pops up where the agent writes.

alter table note add column whisper boolean not null default false;
