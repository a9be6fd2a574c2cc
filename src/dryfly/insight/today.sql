-- `{counted}`: the figures of `Counted`, in its order. The queue '' is of contacts that never queued.

-- name: quarters_since
select queue, at, {counted} from report_quarter where site = $1 and at >= $2 group by queue, at;

-- name: entered_since
select queue, {counted} from report_entry_figures where site = $1 and counted_at > $2 group by queue;
