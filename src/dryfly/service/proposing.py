"""What the bot would answer, for the agent who writes: two rooms that do not know each other meet here."""

from collections.abc import Callable

from dryfly.bot.runner import BotOnDuty
from dryfly.conversations.model import Message
from dryfly.desk.helping import WouldAnswer
from dryfly.floor.model import ContactId


class BotProposes:
    """Implements `desk.helping.Proposing`. A site without a playbook proposes nothing."""

    def __init__(self, bot: Callable[[], BotOnDuty | None]) -> None:
        self._bot = bot

    async def would_answer(self, contact: ContactId, message: Message) -> WouldAnswer:
        bot = self._bot()
        if bot is None:
            return WouldAnswer()
        proposal = await bot.propose(contact, message.id, message.text, message.at)
        return WouldAnswer(proposal.need, proposal.title, proposal.texts, proposal.sources)
