"""Dossiers: a pure kernel that decides (state, commands, events, decide, apply) and a shell that writes.

One dossier is one document and one command is one atomic write; the history is the truth, hash-chained, and the
rest of the document can be rebuilt from it.
"""
