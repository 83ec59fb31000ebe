"""Definitions going out of a running system as files and coming in from files: keys, choosing, accounts, drafts."""
