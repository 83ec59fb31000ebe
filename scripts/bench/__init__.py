"""Measurements of this machine, run by `make bench`. They judge nothing and are no part of the suite."""
