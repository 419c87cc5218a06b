"""The process that runs one proxy script for one address: JSON in, JSON out. Started by ``proxy_script``."""

from __future__ import annotations

import json
import sys
from urllib.parse import urlsplit

FLAG = "--proxy-script"
"""The first word on the command line of the frozen program when it is to be this process."""


def main() -> int:
    """Read ``{"script", "url"}`` from standard input and write the list of ways to standard output."""
    from pypac.parser import PACFile, parse_pac_value

    asked = json.load(sys.stdin)
    url = str(asked["url"])
    value = PACFile(str(asked["script"])).find_proxy_for_url(url, urlsplit(url).hostname or "")
    json.dump(parse_pac_value(str(value or "DIRECT")), sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
