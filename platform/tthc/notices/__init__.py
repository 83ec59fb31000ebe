"""Notices: taken from the outbox, put into words, handed over once on the portal, by e-mail, by text message."""
