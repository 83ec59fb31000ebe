"""Accounts: citizens, organisations and staff; signing in and out; what each may do."""
