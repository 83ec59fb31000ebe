"""Trials: a definition's own examples carried through the dossier kernel in memory, with made-up people and papers.

`run` tries one example, `gate` says why a definition cannot be registered, `check` is what the command line says.
"""
