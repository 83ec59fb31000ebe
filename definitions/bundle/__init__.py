"""Definitions as files: signed bundles of them with all they use, and what importing one would come to. Pure."""
