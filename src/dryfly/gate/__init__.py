"""May this go out to the customer? The only place that answers."""

from dryfly.gate.gate import Permit, may_go_out
from dryfly.gate.model import Circumstances, Denied, Outgoing, Purpose, Rule

__all__ = ["Circumstances", "Denied", "Outgoing", "Permit", "Purpose", "Rule", "may_go_out"]
