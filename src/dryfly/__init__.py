"""Dryfly: the contact centre where the customer is in control."""

from dryfly.platform.compiled import Build, choose_floor

__version__ = "0.3.0"

FLOOR: Build = choose_floor(__path__)
