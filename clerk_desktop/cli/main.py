"""The program's entry: reads the command line, runs one command, turns errors into a sentence and an exit code."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from clerk_desktop.cli.commands import window
from clerk_desktop.cli.context import Context
from clerk_desktop.cli.options import global_options
from clerk_desktop.model.errors import ClerkError, ExitCode
from clerk_desktop.system import proxy_process
from clerk_desktop.system.clock import Clock, SystemClock
from clerk_desktop.system.paths import default_home
from clerk_desktop.system.texts import Texts


def main(argv: Sequence[str] | None = None, clock: Clock | None = None) -> int:
    """Run the program. Returns the exit code of ``cli.md``. ``clock``: another one than the workstation's."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words == [proxy_process.FLAG]:  # the frozen program has no other way to start a process of its own
        return proxy_process.main()
    arguments, command = global_options(add_help=False).parse_known_args(words)
    texts = Texts.for_language(arguments.lang)
    if command:
        from clerk_desktop.cli.parser import parser  # every command with what it needs: no part of the window's start

        arguments = parser(texts).parse_args(words)
    context = Context(
        home=Path(arguments.home or default_home(os.environ)),
        texts=texts,
        json=getattr(arguments, "json", False),
        clock=clock or SystemClock(),
    )
    logging.basicConfig(level=logging.INFO if arguments.verbose else logging.WARNING, stream=sys.stderr)
    try:
        code = int(getattr(arguments, "run", window.run_window)(context, arguments))
        sys.stdout.flush()
        return code
    except ClerkError as error:
        print(texts.sentence(error), file=sys.stderr)
        return int(error.exit_code)
    except KeyboardInterrupt:
        return int(ExitCode.FAILED)
    except BrokenPipeError:  # whoever read has seen enough; the end of the program would write the rest once more
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return int(ExitCode.FAILED)
