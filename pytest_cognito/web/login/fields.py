"""Fields that several pages have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito.web.rendering import texts
from pytest_cognito.web.rendering.page import Field, Text
from pytest_cognito.web.rendering.password_rules import rules_of

_ATTRIBUTES: dict[str, tuple[Text, str, str]] = {
    "address": (texts.ADDRESS, "text", "street-address"),
    "birthdate": (texts.BIRTHDATE, "date", "bday"),
    "email": (texts.EMAIL, "email", "email"),
    "family_name": (texts.FAMILY_NAME, "text", "family-name"),
    "gender": (texts.GENDER, "text", "sex"),
    "given_name": (texts.GIVEN_NAME, "text", "given-name"),
    "locale": (texts.LOCALE, "text", "language"),
    "middle_name": (texts.MIDDLE_NAME, "text", "additional-name"),
    "name": (texts.NAME, "text", "name"),
    "nickname": (texts.NICKNAME, "text", "nickname"),
    "phone_number": (texts.PHONE_NUMBER, "tel", "tel"),
    "picture": (texts.PICTURE, "text", "photo"),
    "preferred_username": (texts.PREFERRED_USERNAME, "text", "username"),
    "profile": (texts.PROFILE, "text", "url"),
    "updated_at": (texts.UPDATED_AT, "text", ""),
    "website": (texts.WEBSITE, "text", "url"),
    "zoneinfo": (texts.ZONE_INFO, "text", ""),
}
"""The label, the type of the field and what browsers fill in, for each standard attribute."""
_PLACEHOLDERS = {"email": texts.EMAIL_PLACEHOLDER, "tel": texts.PHONE_PLACEHOLDER}


def required_attribute(name: str, value: str = "") -> Field:
    """The field of a required attribute. A custom attribute is called by its own name."""
    label, kind, autocomplete = _ATTRIBUTES.get(name) or (Text(name.removeprefix("custom:")), "text", "")
    return Field(
        f"requiredAttributes[{name}]",
        label,
        kind,
        value=value,
        placeholder=_PLACEHOLDERS.get(kind),
        autocomplete=autocomplete,
    )


def address(name: str) -> Field:
    """The field of an address that codes are sent to: ``email`` or ``phone_number``."""
    label, kind, autocomplete = _ATTRIBUTES[name]
    return Field(name, label, kind, placeholder=_PLACEHOLDERS[kind], autocomplete=autocomplete)


def new_passwords(policy: Mapping[str, Any]) -> tuple[Field, Field]:
    """The fields of a new password and of its repetition, with the rules of a policy."""
    return (
        Field(
            "password",
            texts.NEW_PASSWORD,
            "password",
            "new_password",
            autocomplete="new-password",
            rules=rules_of(policy),
        ),
        Field(
            "confirmPassword",
            texts.ENTER_NEW_PASSWORD_AGAIN,
            "password",
            "confirm_password",
            autocomplete="new-password",
        ),
    )


def password() -> Field:
    """The field of the password at a sign-in."""
    return Field(
        "password",
        texts.PASSWORD,
        "password",
        "signInFormPassword",
        placeholder=texts.PASSWORD,
        autocomplete="current-password",
    )


def code(label: Text = texts.ENTER_CODE) -> Field:
    """The field of a code of a sign-in."""
    return Field("authentication_code", label, id="totpCodeInput", autocomplete="one-time-code", inputmode="numeric")


def username(names: tuple[str, ...], value: str, *, managed: bool) -> Field:
    """The field of what users sign in with: ``username``, or the attributes that stand for it."""
    label, kind, placeholder = texts.USERNAME, "text", texts.USERNAME
    if names == ("email",):
        label, kind = texts.EMAIL_ADDRESS if managed else texts.EMAIL, "email"
        placeholder = texts.EMAIL_PLACEHOLDER
    elif names == ("phone_number",):
        label, kind, placeholder = texts.PHONE_NUMBER, "tel", texts.PHONE_PLACEHOLDER
    elif set(names) == {"email", "phone_number"}:
        label = placeholder = texts.EMAIL_OR_PHONE
    return Field("username", label, kind, "signInFormUsername", value, placeholder=placeholder, autocomplete="username")
