-- name: company
select seed, made_at, is_whole from demo_company where site = $1

-- name: left_at
select max(at) from journal where site = $1

-- name: books_of
-- when the books were read last
select max(loaded_at) from image_version where site = $1

-- name: begin_company
insert into demo_company (site, seed, made_at) values ($1, $2, $3)

-- name: company_is_whole
update demo_company set is_whole = true where site = $1
