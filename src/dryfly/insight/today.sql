-- name: quarters_since
select queue, at, sum(entered_count)::bigint, sum(answered_count)::bigint, sum(within_count)::bigint,
       sum(abandoned_count)::bigint, sum(answer_ms)::bigint
from report_quarter where site = $1 and at >= $2 and queue <> '' group by queue, at;

-- name: entered_since
select queue, sum(entered_count), sum(answered_count), sum(within_count), sum(abandoned_count), sum(answer_ms)::bigint
from report_entry_figures where site = $1 and counted_at > $2 and queue <> '' group by queue;
