"""A walk for people: as lines in a terminal, and as one HTML page to keep."""

from html import escape

from dryfly.walk.path import Found, Moment, Walked, What

_WHO = {"customer": "Customer", "bot": "Assistant", "agent": "Agent", "system": ""}
_STAGES = {
    "bot": "The assistant answers", "waiting": "Waits for a person", "agent": "A person is there",
    "waiting_with_bot": "Waits, and goes on with the assistant", "closed": "The talk is over", "none": "",
}  # fmt: skip
_DID = {"person": "presses “talk to a person”", "leave": "leaves"}


def line_of(moment: Moment) -> str:
    """One moment in one line: when, who, what, and how long it was waited for."""
    waited = f"  ({moment.waited_ms / 1000:.1f} s)" if moment.what is What.HEARD else ""
    return f"{moment.at_ms / 1000:7.1f}  {_label(moment):<12} {_text(moment)}{waited}"


def summary_of(walked: Walked) -> list[str]:
    found = walked.found
    lines = [f"{walked.name}: {'good' if walked.is_good else 'a dead end'}, {found.seconds:g} s"]
    lines += [f"  {label}: {value}" for label, value in figures(found)]
    return [*lines, *(f"  dead end: {end}" for end in found.dead_ends)]


def figures(found: Found) -> list[tuple[str, str]]:
    return [
        ("first answer", _told_s(found.first_answer_s)),
        ("longest wait", _told_s(found.longest_wait_s)),
        ("until a person", _told_s(found.person_after_s)),
        ("asked", str(len(found.questions))),
        ("asked twice", str(len(found.asked_twice))),
    ]


def page_of(walked: Walked) -> str:
    """Without any script or picture: it can be mailed."""
    figures_html = "".join(f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>" for k, v in figures(walked.found))
    ends = "".join(f"<li>{escape(end)}</li>" for end in walked.found.dead_ends) or "<li>No dead end.</li>"
    rows = "".join(
        f'<tr class="{moment.what} {moment.who}"><td>{moment.at_ms / 1000:.1f}</td><th>{escape(_label(moment))}</th>'
        f"<td>{escape(_text(moment))}</td></tr>"
        for moment in walked.moments
    )
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(walked.name)}</title>'
        f"<style>{_STYLE}</style><h1>{escape(walked.name)}</h1><dl>{figures_html}</dl><ul>{ends}</ul>"
        f"<table>{rows}</table></html>"
    )


def _label(moment: Moment) -> str:
    return moment.name if moment.what is What.HEARD and moment.name else _WHO.get(moment.who, moment.who)


def _text(moment: Moment) -> str:
    match moment.what:
        case What.MOVED:
            return f"— {_STAGES.get(moment.text, moment.text)}"
        case What.DID:
            return _DID.get(moment.text, moment.text)
        case What.DEAD_END:
            return f"DEAD END: {moment.text}"
        case _:
            return " ".join(moment.text.split())


def _told_s(seconds: float | None) -> str:
    return "-" if seconds is None else f"{seconds:g} s"


_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:860px;margin:40px auto;padding:0 16px;color-scheme:light dark}"
    "table{border-collapse:collapse;width:100%}td,th{padding:6px 10px;text-align:left;vertical-align:top}"
    "dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 16px}dd{margin:0}"
    "tr.moved{opacity:.65}tr.dead_end{color:#b3261e;font-weight:600}tr.customer td:last-child{font-style:italic}"
)
