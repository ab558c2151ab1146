"""Sealed text."""

from __future__ import annotations

import datetime as dt

from pytest_cognito.kernel.sealed import Seal

NOW = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)
KEY = bytes(range(32))


def test_sealed_text_is_read_by_its_key_alone() -> None:
    sealed = Seal(KEY).seal("höhe", NOW)
    assert Seal(KEY).open(sealed) == "höhe"
    assert Seal(bytes(32)).open(sealed) is None


def test_what_was_changed_or_never_sealed_is_not_read() -> None:
    sealed = Seal(KEY).seal("a", NOW)
    for text in ("", "ü", "a", sealed[:-4], f".{sealed}", sealed + "=", sealed[:20] + "A" + sealed[21:]):
        assert Seal(KEY).open(text) is None
