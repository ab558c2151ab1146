"""The table of operations."""

from __future__ import annotations

from pytest_cognito.aws import coverage
from pytest_cognito.aws.model import SERVICES, service_model


def test_each_operation_is_told_of_once() -> None:
    page = coverage.page()

    for service in SERVICES:
        section = page.partition(f"({service}): ")[2].partition("\n## ")[0]
        told = [name for name in service_model(service).operation_names if section.count(f"`{name}`") == 1]
        assert told == list(service_model(service).operation_names)


def test_a_row_has_the_first_sentence_of_the_docstring() -> None:
    assert "| `AdminConfirmSignUp` | Confirm a user without a code. |" in coverage.rows("cognito-idp")


def test_a_row_is_one_line_of_markdown() -> None:
    rows = [row for service in SERVICES for row in coverage.rows(service)]

    assert rows
    assert all(row.count("|") == 3 and "``" not in row and "\n" not in row for row in rows)
