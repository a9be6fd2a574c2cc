"""Dryfly: the contact centre where the customer is in control."""

__version__ = "0.3.0"
