"""A database of every schema that was ever released opens, whole, in this program."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from clerk_desktop.store.migrate import migrations
from clerk_desktop.store.store import Store
from tests.store.samples_of import KEY, check

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.db"))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_nothing_is_missing_after_an_upgrade(sample: Path, tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    shutil.copyfile(sample, tmp_path / "store" / "clerk.db")
    with closing(Store.open(tmp_path, KEY)) as store:
        assert store.verify() == ()
        check(store)


def test_there_is_a_sample_of_every_schema() -> None:
    assert [sample.stem for sample in SAMPLES] == [f"{step.number:04}" for step in migrations()]
