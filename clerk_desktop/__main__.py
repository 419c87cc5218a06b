"""``python -m clerk_desktop`` and the frozen program start here."""

import sys

from clerk_desktop.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
