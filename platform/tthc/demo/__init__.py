"""The demonstration: agencies, people and procedures to try everything with; never in production."""

from tthc.demo.accounts import DemoAccount, accounts, password, welcome
from tthc.demo.loading import load

__all__ = ["DemoAccount", "accounts", "load", "password", "welcome"]
