"""What gunicorn reads as its configuration (`python:tthc.preloaded`): the product's modules, imported once before forking.

Importing them costs three seconds of processor time. Done here, a web process that is started again after a crash answers
at once, and the processes share the memory. Only modules: connections and threads are made in each process by
`tthc.wsgi`, since neither outlives a fork.
"""

import gc

import tthc.app  # noqa: F401 - imported for what it brings

gc.freeze()  # what is shared is never garbage, and looking through it would copy it
