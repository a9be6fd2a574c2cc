"""The topics that readers of a talk follow (`ledger.Publisher`)."""

from dryfly.floor.model import AgentId, ContactId
from dryfly.ledger import Topic


def customer_topic(contact: ContactId) -> Topic:
    """The customer's side of one contact."""
    return Topic(f"customer:{contact}")


def agent_topic(agent: AgentId) -> Topic:
    """Everything on one agent's screen."""
    return Topic(f"agent:{agent}")


def watch_topic(contact: ContactId) -> Topic:
    """The company's side of one contact, for somebody who reads it without having it."""
    return Topic(f"watch:{contact}")
