"""The users of a simulated provider, and the page on which a person or a test's browser chooses one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pytest_cognito.http.messages import Response
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.providers import answers


@dataclass(frozen=True)
class ProviderUser:
    """A user of a provider: their id there, and the other claims under the provider's names."""

    sub: str
    claims: Mapping[str, Any] = field(default_factory=dict)

    @property
    def email(self) -> str | None:
        return self.claims.get("email")


def user(sub: object, email: object, claims: Mapping[str, Any]) -> ProviderUser:
    """A user whom a test names. Raises `UsageError` for what can't be meant."""
    if not isinstance(sub, str) or not sub:
        raise UsageError(f'sub is the user\'s id at the provider, a string such as "1"; not {sub!r}')
    if email is not None and (not isinstance(email, str) or not email):
        raise UsageError(f'email is a string, such as "a@example.com"; not {email!r}')
    return ProviderUser(sub, {**({} if email is None else {"email": email}), **claims})


class NotUnderstood(ValueError):
    """The form names no user; the message says why."""


def chosen(form: Mapping[str, str], known: Mapping[str, ProviderUser]) -> ProviderUser:
    """The user whom a submitted form names: one of the provider's, or another. Raises `NotUnderstood`.

    What the form says goes before what the test has said of the user.
    """
    sub, email = form.get("sub", "").strip(), form.get("email", "").strip()
    if not sub:
        raise NotUnderstood("Enter an id.")
    try:
        claims = json.loads(form.get("claims", "").strip() or "{}")
    except ValueError:
        claims = None
    if not isinstance(claims, dict):
        raise NotUnderstood('Enter the claims as a JSON object, such as {"name": "Ann"}.')
    named = known.get(sub, ProviderUser(sub))
    return ProviderUser(sub, {**named.claims, **({"email": email} if email else {}), **claims})


def page(
    provider: str,
    audience: str,
    known: Iterable[ProviderUser],
    *,
    entered: Mapping[str, str] | None = None,
    hint: str = "",
    error: str = "",
) -> Response:
    """The page on which a user is chosen.

    Its forms are posted to the address of the page. The field ``sub`` has the user's id, ``email`` their e-mail
    address, ``claims`` further claims as a JSON object, and ``decision`` is ``allow`` or ``deny``. Each user that a
    test has named has a form with a button; the form ``another-user`` takes what is typed, for any user.
    """
    filled = entered or {"email": hint if "@" in hint else "", "sub": "" if "@" in hint else hint}
    return answers.page(
        "choose.html",
        400 if error else 200,
        provider=provider,
        audience=audience,
        users=[(one.sub, _name(one)) for one in known],
        entered={name: filled.get(name, "") for name in ("sub", "email", "claims")},
        error=error,
    )


def _name(known: ProviderUser) -> str:
    told = [str(known.claims[name]) for name in ("name", "email") if known.claims.get(name)]
    return " · ".join(told) or known.sub
