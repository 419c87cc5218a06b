"""The window. Knows use cases, values and texts; everything else is behind those.

PySide6 puts two functions of its own around Python's ``__import__``: ``__lazy_import__``, and around that
``__feature_import__``, which looks for its ``__feature__`` switches at every import, and reads and keeps the source of
each module for it. Nobody here uses those switches: the outer one is taken away, unless somebody wrapped it since. The
inner one stays: PySide6 leaves no name for the import that was there before.
"""

import builtins

import PySide6  # noqa: F401 - who did it first does not matter: it is taken back here

_known = vars(builtins)
if "__feature_import__" in _known and builtins.__import__ is _known["__feature_import__"]:
    _known["__import__"] = _known.get("__orig_import__", builtins.__import__)
