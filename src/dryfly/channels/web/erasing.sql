-- name: visitors
select visitor from visitor_talk where site = $1 and contact = any($2)
union
select visitor from visitor where site = $1 and contact = any($2);

-- name: erase_letters
delete from letter where site = $1 and (contact = any($2) or visitor = any($3));

-- name: erase_talks
delete from visitor_talk where site = $1 and (contact = any($2) or visitor = any($3));

-- name: erase_visitors
delete from visitor where site = $1 and visitor = any($2);
