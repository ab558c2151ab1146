"""The page on which operations are answered is the one that the program prints."""

from __future__ import annotations

import re

import botocore
import pytest

from pytest_cognito.aws import coverage
from pytest_cognito.aws.model import SERVICES
from pytest_cognito.aws.operation import registered

from .tree import ROOT

PAGE = ROOT / "docs" / "coverage.md"
ADVICE = "write it again, with the newest botocore: python -m pytest_cognito operations > docs/coverage.md"


def test_the_page_is_up_to_date() -> None:
    """An older botocore than the page's knows fewer operations; those are told of as the page does."""
    text = PAGE.read_text(encoding="utf-8")
    written_for = re.search(r"here it is for botocore ([\d.]+)\.$", text, re.MULTILINE)
    assert written_for is not None
    if _number(botocore.__version__) >= _number(written_for[1]):
        assert text == coverage.page(), ADVICE
    else:
        missing = [row for service in SERVICES for row in coverage.rows(service) if f"{row}\n" not in text]
        assert missing == [], ADVICE


@pytest.mark.parametrize("service", SERVICES)
def test_the_page_has_every_operation_that_is_answered(service: str) -> None:
    section = PAGE.read_text(encoding="utf-8").partition(f"({service}): ")[2].partition("\n## ")[0]

    assert section.count("\n| `") == len(registered(service)) == int(section.partition(" of ")[0])


def _number(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))
