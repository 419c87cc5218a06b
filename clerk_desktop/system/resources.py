"""Finds the data that come with the program: in the installed package, or beside it in a checkout.

What the data mean is the business of those who read them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
INSTALLED = "_data"


@cache
def data_folder(name: str, package: Path = PACKAGE) -> Path:
    """Return the folder ``name`` of the program's data.

    The wheel and the frozen program carry it in ``clerk_desktop/_data/`` (``pyproject.toml``), a checkout at its top.
    Raises ``FileNotFoundError`` when the installation is incomplete.
    """
    for place in (package / INSTALLED / name, package.parent / name):
        if place.is_dir():
            return place
    raise FileNotFoundError(f"the installation has no {name} folder")


def resources_folder(package: Path = PACKAGE) -> Path:
    """Return the folder ``resources``. Raises ``FileNotFoundError``."""
    return data_folder("resources", package)


def catalogues_folder(package: Path = PACKAGE) -> Path:
    """Return the folder of the gettext catalogues, ``i18n``. Raises ``FileNotFoundError``."""
    return data_folder("i18n", package)
