"""What stands before any command: which profile, which language, how much is said."""

from __future__ import annotations

import argparse


def global_options(*, add_help: bool) -> argparse.ArgumentParser:
    """Return a parser of what every command takes, before its name."""
    parser = argparse.ArgumentParser(prog="clerk-desktop", add_help=add_help)
    parser.add_argument("--home", metavar="DIR", default=None)
    parser.add_argument("--lang", choices=("de", "en"), default=None)
    parser.add_argument("--verbose", action="store_true")
    return parser
