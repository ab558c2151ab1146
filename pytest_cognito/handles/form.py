"""The forms of a page: what can be filled in, and what a browser sends when they are submitted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pytest_cognito.handles.document import Node

_BUTTONS = frozenset(("submit", "image"))
_NO_DATA = frozenset(("button", "reset", "submit", "image", "file"))
_CHECKED = frozenset(("checkbox", "radio"))


@dataclass(frozen=True)
class Purpose:
    """What a field is for, and how it is found: by name, id, or the tokens of ``autocomplete``."""

    names: tuple[str, ...]
    ids: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()

    def fits(self, control: Control) -> bool:
        if control.name in self.names or control.id in self.ids:
            return True
        return any(token in control.autocomplete for token in self.tokens)


USERNAME = Purpose(("username",), ("signInFormUsername",), ("username",))
PASSWORD = Purpose(("password",), ("signInFormPassword",), ("current-password",))
CONFIRMATION = Purpose(("confirmPassword", "confirm_password"), ("confirm_password",))
NEW_PASSWORD = Purpose(("new_password",), ("new_password",), ("new-password",))
CODE = Purpose(
    ("code", "authentication_code", "verification_code", "mfa_code", "forgot_password_code"),
    ("totpCodeInput", "verification_code", "forgot_password_code"),
    ("one-time-code",),
)


@dataclass(eq=False)
class Control:
    """A field or a button of a form. ``labels`` are the texts by which a person, or a screen reader, knows it."""

    node: Node
    type: str
    name: str
    id: str
    value: str
    labels: tuple[str, ...]
    autocomplete: tuple[str, ...]
    is_checked: bool = False

    @property
    def is_button(self) -> bool:
        return self.type in _BUTTONS

    @property
    def is_shown(self) -> bool:
        return not self.node.is_hidden

    @property
    def is_choice(self) -> bool:
        """Whether it is ticked or not, and its value is fixed."""
        return self.type in _CHECKED

    @property
    def is_field(self) -> bool:
        """Whether a person can fill it in."""
        return (
            bool(self.name) and self.is_shown and self.type not in _NO_DATA and "disabled" not in self.node.attributes
        )

    @property
    def label(self) -> str:
        return self.labels[0] if self.labels else ""

    @property
    def is_empty(self) -> bool:
        return not self.is_checked if self.is_choice else not self.value

    @property
    def is_required(self) -> bool:
        return "required" in self.node.attributes

    def is_known_as(self, key: str) -> bool:
        """Whether a person or a test may call it that: by its name, its id, a label, or the attribute it is for."""
        if key in (self.name, self.id) or self.name == f"requiredAttributes[{key}]":
            return True
        return same(key, *self.labels)


class Form:
    """A form of a page."""

    def __init__(self, node: Node, labels: Mapping[str, str]) -> None:
        self.node = node
        self.controls = [_control(each, labels) for each in node.all("input", "select", "textarea", "button")]

    @property
    def action(self) -> str:
        return self.node.get("action")

    @property
    def method(self) -> str:
        return (self.node.get("method") or "get").upper()

    @property
    def is_shown(self) -> bool:
        return not self.node.is_hidden

    @property
    def script(self) -> str:
        """The name of the script that handles the form, if any: ``passkey-get`` or ``passkey-create``."""
        return self.node.get("data-script")

    @cached_property
    def fields(self) -> list[Control]:
        return [control for control in self.controls if control.is_field]

    @cached_property
    def buttons(self) -> list[Control]:
        return [control for control in self.controls if control.is_button and control.is_shown]

    def find(self, purpose: Purpose) -> Control | None:
        """The field for a purpose."""
        return next((control for control in self.fields if purpose.fits(control)), None)

    def hidden(self, name: str) -> Control | None:
        """The field with a name that is not shown."""
        return next((each for each in self.controls if each.name == name and each.type == "hidden"), None)

    def data(self, button: Control | None) -> list[tuple[str, str]]:
        """The names and values that are sent when the form is submitted by a button."""
        return [
            (control.name, control.value)
            for control in self.controls
            if control is button or (not control.is_choice and control.type not in _NO_DATA) or control.is_checked
            if control.name and "disabled" not in control.node.attributes
        ]

    def missing(self) -> list[Control]:
        """The fields that have to be filled in, and are not."""
        chosen = {control.name for control in self.fields if control.type == "radio" and control.is_checked}
        return [each for each in self.fields if each.is_required and each.is_empty and each.name not in chosen]


def same(text: str, *others: str) -> bool:
    """Whether a text is one of the others for a person: without regard to case, and to signs at the end."""
    return _bare(text) in map(_bare, others)


def forms_of(root: Node) -> list[Form]:
    """The forms of a document."""
    labels = {label.get("for"): label.words for label in root.all("label") if label.get("for")}
    return [Form(node, labels) for node in root.all("form")]


def fields_of(forms: Iterable[Form]) -> Iterator[Control]:
    """The fields of forms that a person can fill in."""
    return (control for form in forms for control in form.fields)


def _bare(text: str) -> str:
    return " ".join(text.split()).casefold().rstrip(" *:?…")


def _control(node: Node, labels: Mapping[str, str]) -> Control:
    kind = node.get("type").lower() or ("submit" if node.tag == "button" else "text")
    if node.tag in ("select", "textarea"):
        kind = node.tag
    around = node.inside("label")
    texts = [
        labels.get(node.get("id"), ""),
        *(_texts(around) if around is not None else ()),
        *(_texts(node) if node.tag == "button" else ()),
        node.get("value") if kind in _BUTTONS else "",
        node.get("aria-label"),
        node.get("placeholder"),
    ]
    return Control(
        node=node,
        type=kind,
        name=node.get("name"),
        id=node.get("id"),
        value=_value(node, kind),
        labels=tuple(dict.fromkeys(filter(None, texts))),
        autocomplete=tuple(node.get("autocomplete").split()),
        is_checked=kind in _CHECKED and "checked" in node.attributes,
    )


def _texts(node: Node) -> tuple[str, str]:
    """The text of a button or a label, without what explains it in further lines, and all of it."""
    return node.text.partition("\n")[0], node.words


def _value(node: Node, kind: str) -> str:
    if node.tag == "textarea":
        return "".join(child for child in node.children if isinstance(child, str))
    if node.tag == "select":
        options = list(node.all("option"))
        chosen = next(
            (option for option in options if "selected" in option.attributes), options[0] if options else None
        )
        return "" if chosen is None else option_value(chosen)
    return node.attributes.get("value", "on" if kind in _CHECKED else "")


def option_value(option: Node) -> str:
    """The value that a choice of an option gives its field."""
    return option.attributes.get("value", option.words)
