"""A contact's life is the floor's own table, drawn: `python -m tests.docs.test_contact_life` draws it anew."""

from pathlib import Path

from dryfly.floor.model import ContactState
from dryfly.floor.transitions import mermaid

PAGE = Path(__file__).parents[2] / "docs" / "guide" / "contact-life.md"
BEGIN, END = "<!-- begin -->\n", "<!-- end -->\n"


def with_picture(text: str) -> str:
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}```mermaid\n{mermaid()}```\n{END}{after}"


def test_the_picture_is_current() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text == with_picture(text), "run: python -m tests.docs.test_contact_life"


def test_every_state_is_explained() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert [state for state in ContactState if f"- **{state}**" not in text] == []


if __name__ == "__main__":
    PAGE.write_text(with_picture(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
