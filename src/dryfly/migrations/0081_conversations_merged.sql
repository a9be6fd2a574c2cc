-- The contact that this one is merged into, for as long as it is; one that ended with it stays in it.
alter table talk add column main text, add column merged_at timestamptz;
create index talk_main on talk (site, main) where main is not null;
