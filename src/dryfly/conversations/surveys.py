"""What customers say of a talk when it is over: one question, once."""

from enum import StrEnum

import msgspec

from dryfly.floor.model import ContactId, SiteId
from dryfly.ledger import Words, WordTable
from dryfly.platform.database import Connection

SCORE_MIN, SCORE_MAX = 1, 5
TEXT_MAX = 1_000


class EndedBy(StrEnum):
    """Who had the talk last."""

    BOT = "bot"
    AGENT = "agent"


class SurveyWords(Words, frozen=True):
    score: int | None
    text: str
    channel: str
    ended_by: EndedBy
    ended_at: int

    def as_answer(self, at: int) -> "SurveyAnswer":
        return SurveyAnswer(at, self.score, self.text, self.ended_by)


SURVEY_TABLE = WordTable(
    SurveyWords,
    "survey_answer",
    {
        "contact": "text",
        "score": "smallint",
        "text": "text",
        "channel": "text",
        "ended_by": "text",
        "ended_at": "bigint",
    },
)


class SurveyAnswer(msgspec.Struct, frozen=True):
    """`score` 1 (bad) to 5 (very good); None: the customer would rather not say."""

    at: int
    score: int | None
    text: str
    ended_by: EndedBy


async def survey_answer(conn: Connection, site: SiteId, contact: ContactId) -> SurveyAnswer | None:
    """The first answer stands."""
    row = await conn.fetchrow(
        "select (extract(epoch from at) * 1000)::bigint as at, score, text, ended_by"
        " from survey_answer where site = $1 and contact = $2 order by seq limit 1",
        site, contact,
    )  # fmt: skip
    return None if row is None else SurveyAnswer(row["at"], row["score"], row["text"], EndedBy(row["ended_by"]))
