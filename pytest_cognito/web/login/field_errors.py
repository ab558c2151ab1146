"""Errors beside the fields of a form: which field an error of AWS is about."""

from __future__ import annotations

import re
from collections.abc import Collection

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.web.flash import Flash

_SCHEMA = "Attributes did not conform to the schema: "
_PROBLEM = re.compile(r"(?:user\.)?(?P<name>[\w:.-]+): (?P<problem>.+)")
_BAD_VALUE = re.compile(r"at '(\w+)' failed to satisfy constraint")
_OF_MEMBERS = {"username": "username", "password": "password", "confirmationCode": "code"}
_OF_CODES = {
    "InvalidPasswordException": "password",
    "PasswordHistoryPolicyViolationException": "password",
    "CodeMismatchException": "code",
    "ExpiredCodeException": "code",
    "UsernameExistsException": "username",
}
_OF_TEXTS = {"Invalid email address format.": "email", "Invalid phone number format.": "phone_number"}
_ABOUT_NAMES = "Username "


def attribute_field(name: str) -> str:
    """The field of an attribute: ``requiredAttributes[email]``."""
    return f"requiredAttributes[{name}]"


def placed(error: AWSError, fields: Collection[str]) -> Flash:
    """The message of an error, beside the field that it is about, or on top of a page that does not have this field."""
    found = {name: text for name, text in _about(error).items() if name in fields}
    return Flash(fields=found) if found else Flash(error=error.message)


def _about(error: AWSError) -> dict[str, str]:
    message = error.message
    if message.startswith(_SCHEMA):
        lines = map(_PROBLEM.fullmatch, message.removeprefix(_SCHEMA).splitlines())
        return {attribute_field(line["name"]): line["problem"] for line in lines if line}
    if message in _OF_TEXTS:
        return {attribute_field(_OF_TEXTS[message]): message}
    if message.startswith(_ABOUT_NAMES):
        return {"username": message}
    bad = set(_BAD_VALUE.findall(message))
    if len(bad) == 1 and bad <= _OF_MEMBERS.keys():
        return {_OF_MEMBERS[bad.pop()]: message}
    return {_OF_CODES[error.code]: message} if error.code in _OF_CODES else {}
