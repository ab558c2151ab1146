"""What is on a page, apart from how it looks: views build it, and `render` makes HTML of it.

All texts are AWS's in English, which are also the keys of the translations. What stands in braces in a text is filled
from its arguments after it was translated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple


class Text(NamedTuple):
    """A text in English, and what is filled in: ``Text("Enter the code that was sent to {destination}", {...})``."""

    english: str
    arguments: Mapping[str, str] = MappingProxyType({})

    def __str__(self) -> str:
        return self.english.format_map(self.arguments) if self.arguments else self.english

    def __call__(self, **arguments: str) -> Text:
        """The text with its braces filled: ``texts.CODE_SENT(destination="a***@e***")``."""
        return Text(self.english, MappingProxyType(arguments))


class PasswordRule(NamedTuple):
    """A requirement of a new password, which the page ticks off while the user types.

    ``pattern`` is a regular expression of JavaScript that is found in passwords that meet it.
    """

    label: Text
    pattern: str


@dataclass(frozen=True)
class Field:
    """A field of a form. ``name`` is the form parameter, ``id`` the element's id, where AWS's own is known.

    ``type`` is that of the HTML element: ``text``, ``password``, ``email``, ``tel`` … ``error`` is shown beside it.
    ``hint`` explains what to enter, and ``autocomplete`` is the token of HTML for what it holds. ``rules`` are shown
    under the field of a new password.
    """

    name: str
    label: Text
    type: str = "text"
    id: str = ""
    value: str = ""
    placeholder: Text | None = None
    required: bool = True
    autocomplete: str = ""
    inputmode: str = ""
    hint: Text | None = None
    error: Text | None = None
    rules: tuple[PasswordRule, ...] = ()


@dataclass(frozen=True)
class Choice:
    """One of several things to choose from in a form: a radio button.

    In managed login it is a button of its own, if the form has no fields; the form's ``submit`` is not shown then.
    """

    name: str
    value: str
    label: Text
    hint: Text | None = None
    checked: bool = False


@dataclass(frozen=True)
class Button:
    """A button that submits its form. ``name`` is the form parameter, where AWS's own is known."""

    label: Text
    name: str = ""
    id: str = ""
    value: str = ""


@dataclass(frozen=True)
class Link:
    """A link to another page. ``lead`` is the text before it: "Need an account?"."""

    label: Text
    href: str
    lead: Text | None = None


@dataclass(frozen=True)
class Form:
    """A form, which is posted to ``action``, a path with its query, unless ``method`` says otherwise.

    ``name`` is the form's name in the classic hosted UI. ``hidden`` are parameters that are not shown; that against
    cross-site request forgery is added when it is rendered. ``links`` are above the button, or below it if they have a
    lead.

    ``script`` names the script that handles the form: ``passkey-create`` or ``passkey-get``, with ``data`` for it: the
    options of WebAuthn (JSON). The browser's answer is posted as ``credential``.

    Paths here and in links begin with ``/``; what stands before all paths of a domain is added when it is rendered.
    """

    action: str
    submit: Button
    fields: tuple[Field, ...] = ()
    choices: tuple[Choice, ...] = ()
    name: str = ""
    method: str = "post"
    hidden: Mapping[str, str] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    script: str = ""
    data: str = ""


@dataclass(frozen=True)
class ProviderButton:
    """A button that leads to an identity provider. ``type`` is its ProviderType, ``name`` its ProviderName."""

    name: str
    type: str
    href: str


@dataclass(frozen=True)
class TotpSecret:
    """The secret of a new software token: ``uri`` (``otpauth://``) is shown as a QR code, ``secret`` as text."""

    secret: str
    uri: str


@dataclass(frozen=True)
class Page:
    """A page. ``name`` says which: ``sign-in``, ``sign-up``, ``confirm``, ``forgot-password``, ``error`` …

    ``error`` is what went wrong with the last request, ``notice`` what went well. ``forms`` are shown in order,
    ``links`` after them. ``terms`` are links to the terms documents of the client: the terms of use, and then the
    privacy policy. ``graphic`` is the picture above the heading in managed login: ``email``, ``sms``, ``auth-app``,
    ``password`` or ``passkey``.

    The first form is what the page is for; a later one without fields is a button of less weight.
    """

    name: str
    title: Text
    heading: Text
    text: tuple[Text, ...] = ()
    error: Text | None = None
    notice: Text | None = None
    forms: tuple[Form, ...] = ()
    providers: tuple[ProviderButton, ...] = ()
    links: tuple[Link, ...] = ()
    totp: TotpSecret | None = None
    terms: tuple[Link, ...] = ()
    status: int = 200
    graphic: str = ""
