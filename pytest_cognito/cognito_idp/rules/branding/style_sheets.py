"""The style sheet of the classic hosted UI: rules for a fixed list of selectors, with plain values."""

from __future__ import annotations

import re

from pytest_cognito.cognito_idp import errors

_CLASSES = frozenset(
    f".{name}-customizable"
    for name in (
        *("background", "banner", "errorMessage", "idpButton", "idpDescription", "inputField", "label", "legalText"),
        *("logo", "passwordCheck-notValid", "passwordCheck-valid", "redirect", "socialButton", "submitButton"),
        "textDescription",
    )
)
_STATES = frozenset(
    {
        ".idpButton-customizable:hover",
        ".inputField-customizable:focus",
        ".socialButton-customizable:hover",
        ".submitButton-customizable:hover",
    }
)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_DECLARATION = re.compile(r"-{0,2}[a-zA-Z][\w-]*\s*:.*\S.*", re.DOTALL)
_NOT_ALLOWED = re.compile(r"@\w+|</?[a-zA-Z!][^>]*>?|javascript:|expression\s*\(", re.IGNORECASE)
_EXCERPT = 30


def check(css: str) -> None:
    """Raise for a style sheet that AWS does not accept.

    Selectors are classes of AWS's list, some with ``:hover`` or ``:focus``. There may be no statements that begin with
    ``@``, no HTML and no JavaScript.
    """
    text = _COMMENT.sub("", css)
    found = _NOT_ALLOWED.search(text)
    if found is not None:
        raise errors.CSS_CONTENT_NOT_ALLOWED(content=found[0])
    position = 0
    while text[position:].strip():
        rule = _RULE.match(text, position)
        if rule is None:
            raise errors.CSS_MALFORMED(near=_excerpt(text[position:]))
        _check_selectors(rule[1])
        _check_declarations(rule[2])
        position = rule.end()


def _check_selectors(selectors: str) -> None:
    for selector in selectors.split(","):
        if selector.strip() not in _CLASSES | _STATES:
            raise errors.CSS_CLASS_NOT_ALLOWED(selector=selector.strip())


def _check_declarations(declarations: str) -> None:
    for declaration in declarations.split(";"):
        if declaration.strip() and _DECLARATION.fullmatch(declaration.strip()) is None:
            raise errors.CSS_MALFORMED(near=_excerpt(declaration))


def _excerpt(text: str) -> str:
    return text.strip()[:_EXCERPT]
