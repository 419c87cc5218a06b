"""No command at all: the window."""

from __future__ import annotations

import argparse
import os

from clerk_desktop.assembly import open_desk
from clerk_desktop.cli.context import PASSPHRASE, Context
from clerk_desktop.model.errors import ExitCode
from clerk_desktop.system import garbage


def run_window(context: Context, arguments: argparse.Namespace) -> ExitCode:
    """Open the window and stay until it is closed."""
    garbage.hold_back()  # until the window's session is ready, or somebody is asked
    try:
        from clerk_desktop.ui.start import Opening, open_window

        opening = Opening(
            home=context.home,
            open_desk=open_desk,
            passphrase=os.environ.get(PASSPHRASE),
            language=arguments.lang,
            try_out=_open_sample_office,
        )
        return ExitCode(open_window(opening))
    finally:
        garbage.look_at_all()


def _open_sample_office() -> None:
    """Start the demo as a program of its own: samples never share a profile with real work."""
    import subprocess
    import sys

    subprocess.Popen([sys.executable, "-m", "clerk_desktop", "demo"], start_new_session=True)
