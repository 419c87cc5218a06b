"""Drives the `cmis-tck` suites of cmissh over the browser binding; its own command line knows AtomPub alone.

Runs in the environment that cmissh was installed into, where nothing of ours is. Prints one line of JSON per test.
Usage: python shell_suites.py URL USER TYPE < password    (TYPE: the type that documents get)
"""

from __future__ import annotations

import json
import sys
from typing import Any

from cmissh.browser.binding import BrowserBinding
from cmissh.model import CmisClient
from cmissh.tck import suites
from cmissh.tck.runner import TCKRunner


class Typed:
    """A repository or folder whose documents get the type asked for: the suites write ``cmis:document`` themselves."""

    def __init__(self, inner: Any, type_id: str) -> None:
        self._inner = inner
        self._type_id = type_id

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def getRootFolder(self) -> Typed:
        return Typed(self._inner.getRootFolder(), self._type_id)

    def createFolder(self, name: str, properties: dict[str, str]) -> Typed:
        return Typed(self._inner.createFolder(name, properties), self._type_id)

    def createDocument(self, name: str, properties: dict[str, str], **content: Any) -> Any:
        return self._inner.createDocument(name, properties | {"cmis:objectTypeId": self._type_id}, **content)


class BrowserRunner(TCKRunner):  # type: ignore[misc]  # cmissh ships no types
    """The runner with a client of the browser binding behind it."""

    def connect_to(self, type_id: str) -> None:
        self.client = CmisClient(self.url, self.username, self.password, binding=BrowserBinding())
        self.repository = Typed(self.client.getDefaultRepository(), type_id)
        told = self.repository.getCapabilities()
        self.capabilities = {name.removeprefix("capability"): given for name, given in told.items()}
        self.capabilities |= {
            name: self.capabilities.get(name) not in {None, "none"} for name in ("ACL", "Changes", "Query")
        }


def main() -> None:
    """Run all suites and print what each test said."""
    url, user, type_id = sys.argv[1:]
    runner = BrowserRunner(url, user, sys.stdin.readline().strip())
    runner.connect_to(type_id)
    for create in suites.__all__:
        suite = getattr(suites, create)()
        runner.add_suite(suite)
        runner.run_suite(suite)
        for test in suite.tests:
            said = {"suite": suite.name, "test": test.name, "result": test.result.value if test.result else "not run"}
            print("@" + json.dumps(said | {"text": "; ".join([test.error_message or "", *test.warnings])}))


if __name__ == "__main__":
    main()
