"""Runs the DMN conformance kit (repository dmn-tck/tck, not part of this one) against `rules.feel` and `rules.tables`.

A small DMN interpreter around our engine: it reads the kit's models, so it exists only for this measurement.
"""
