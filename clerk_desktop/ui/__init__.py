"""The window. Knows use cases, values and texts; everything else is behind those.

PySide6 puts a look for its ``__feature__`` switches into every import, and reads and keeps the source of each module
for it. Nobody here uses those switches: imports are again what they were before.
"""

import builtins

import PySide6  # noqa: F401 - who did it first does not matter: it is taken back here

vars(builtins)["__import__"] = vars(builtins).get("__orig_import__", builtins.__import__)
