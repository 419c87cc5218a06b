"""Puts resources and catalogues into the wheel. An editable install reads them from the checkout instead."""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WheelData(BuildHookInterface[Any]):
    """Called by hatchling for each wheel it builds."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the two folders to a standard wheel."""
        if version == "standard":
            for folder in ("resources", "i18n"):
                build_data["force_include"][folder] = f"clerk_desktop/_data/{folder}"
