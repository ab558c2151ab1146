"""The rows of the CSV file of an import job: what each must have, whatever users there are already."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.records import UserPool
from pytest_cognito.cognito_idp.rules.imports import csv_file
from pytest_cognito.cognito_idp.rules.users import names, password_hashes

_USERNAME = re.compile(r"\S{1,128}")
_BIRTHDATE = re.compile(r"(?:0[1-9]|1[0-2])/(?:0[1-9]|[12][0-9]|3[01])/[0-9]{4}")
_MFA_ALLOWED = {"ON": ("true", ""), "OFF": ("false", ""), "OPTIONAL": ("true", "false", "")}


class Row(NamedTuple):
    """A row: the user name, the attributes that have a value, whether MFA is to be turned on, the password's hash."""

    username: str
    attributes: dict[str, str]
    mfa: bool
    password_hash: str | None


def read(pool: UserPool, columns: Sequence[str], line: str, algorithm: str | None) -> Row:
    """Read a row; raise for what makes it fail. The attributes are not compared with the schema yet."""
    values = csv_file.values(line, len(columns))
    attributes = {name: value for name, value in zip(columns, values, strict=True) if value}
    username = attributes.pop(csv_file.USERNAME, "")
    mfa = attributes.pop(csv_file.MFA_ENABLED, "").lower()
    password_hash = attributes.pop(csv_file.PASSWORD_HASH, None)
    if not username:
        raise errors.ROW_WITHOUT_USERNAME()
    if _USERNAME.fullmatch(username) is None:
        raise errors.ROW_USERNAME()
    names.check(pool, username)
    if mfa not in _MFA_ALLOWED[pool.mfa]:
        raise errors.ROW_MFA()
    if not any(attributes.get(f"{name}_verified", "").lower() == "true" for name in pool.auto_verified):
        raise errors.ROW_NOTHING_VERIFIED()
    if "birthdate" in attributes and _BIRTHDATE.fullmatch(attributes["birthdate"]) is None:
        raise errors.ROW_BIRTHDATE()
    if algorithm is not None and password_hash is not None and not password_hashes.is_valid(algorithm, password_hash):
        raise errors.ROW_HASH(algorithm=algorithm)
    return Row(username, attributes, mfa == "true", password_hash)
