-- name: talks_of_customer
-- theirs, and what is merged into one of theirs
select contact, closed_at is null as is_open from talk
where site = $1 and (customer = $2 or main in (select contact from talk where site = $1 and customer = $2));

-- name: see_all_lines
-- the policy of `search_line` shows lines by their words: this is said of none
select set_config('dryfly.search', '!nothing', true);

-- name: erase_lines
delete from search_line where site = $1 and contact = any($2);

-- name: erase_messages
update message set text = '', extra = '', author_name = case when author = 'customer' then '' else author_name end
where site = $1 and contact = any($2);

-- name: erase_notes
update note set text = '' where site = $1 and contact = any($2);

-- name: erase_facts
delete from fact where site = $1 and contact = any($2);

-- name: erase_briefs
delete from brief where site = $1 and contact = any($2);

-- name: erase_answers
update survey_answer set text = '' where site = $1 and contact = any($2);

-- name: erase_talks
update talk set customer_name = '', need_title = '' where site = $1 and contact = any($2);

-- name: erase_files
delete from attachment where site = $1 and (contact = any($2) or owner = any($3));
