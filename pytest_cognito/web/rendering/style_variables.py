"""The custom properties of managed login's style sheet, filled from the settings of a style."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

LIGHT, DARK = "light", "dark"
MODES: Mapping[str, tuple[str, ...]] = {"LIGHT": (LIGHT,), "DARK": (DARK,), "DYNAMIC": (LIGHT, DARK)}
"""The color modes that pages have, by ``colorSchemeMode``."""


class _Picture(Protocol):
    @property
    def url(self) -> str: ...
    @property
    def dark(self) -> str: ...


_BUTTONS = {
    "primary": "components.primaryButton.{mode}",
    "secondary": "components.secondaryButton.{mode}",
    "provider": "components.idpButton.standard.{mode}",
}
_COLORS = {
    "page": "components.pageBackground.{mode}.color",
    "heading": "components.pageText.{mode}.headingColor",
    "body": "components.pageText.{mode}.bodyColor",
    "description": "components.pageText.{mode}.descriptionColor",
    "form": "components.form.{mode}.backgroundColor",
    "form-border": "components.form.{mode}.borderColor",
    "alert": "components.alert.{mode}.error.backgroundColor",
    "alert-border": "components.alert.{mode}.error.borderColor",
    "success": "componentClasses.statusIndicator.{mode}.success.backgroundColor",
    "success-border": "componentClasses.statusIndicator.{mode}.success.borderColor",
    "error": "componentClasses.statusIndicator.{mode}.error.indicatorColor",
    "met": "componentClasses.statusIndicator.{mode}.success.indicatorColor",
    "input": "componentClasses.input.{mode}.defaults.backgroundColor",
    "input-border": "componentClasses.input.{mode}.defaults.borderColor",
    "placeholder": "componentClasses.input.{mode}.placeholderColor",
    "hint": "componentClasses.inputDescription.{mode}.textColor",
    "label": "componentClasses.inputLabel.{mode}.textColor",
    "link": "componentClasses.link.{mode}.defaults.textColor",
    "link-hover": "componentClasses.link.{mode}.hover.textColor",
    "divider": "componentClasses.divider.{mode}.borderColor",
    "focus": "componentClasses.focusState.{mode}.borderColor",
    "option": "componentClasses.optionControls.{mode}.selected.backgroundColor",
    "header": "components.pageHeader.{mode}.background.color",
    "header-border": "components.pageHeader.{mode}.borderColor",
    "footer": "components.pageFooter.{mode}.background.color",
    "footer-border": "components.pageFooter.{mode}.borderColor",
    **{
        f"{name}{suffix}{part}": f"{place}.{state}.{member}"
        for name, place in _BUTTONS.items()
        for suffix, state in (("", "defaults"), ("-hover", "hover"), ("-active", "active"))
        for part, member in (("", "backgroundColor"), ("-border", "borderColor"), ("-text", "textColor"))
    },
}
_CUSTOM_BUTTON = {
    f"provider{suffix}{part}": f"{{mode}}.{state}.{member}"
    for suffix, state in (("", "defaults"), ("-hover", "hover"), ("-active", "active"))
    for part, member in (("", "backgroundColor"), ("-border", "borderColor"), ("-text", "textColor"))
}
"""The colors of a single provider's button, below ``components.idpButton.custom`` and the provider's name."""
_RADII = {
    "button-radius": "componentClasses.buttons.borderRadius",
    "input-radius": "componentClasses.input.borderRadius",
    "alert-radius": "components.alert.borderRadius",
    "form-radius": "components.form.borderRadius",
}
_COLOR = re.compile(r"[0-9a-fA-F]{8}")
_LARGEST_RADIUS = 100


def css_variables(settings: Mapping[str, Any], modes: Sequence[str], images: Mapping[str, _Picture]) -> str:
    """A style sheet that sets the custom properties for the color modes that pages have.

    ``images`` are the background images, by the names of their properties. A setting that is no color or no number
    sets nothing: the style sheet has values of its own.
    """
    colors = [f"{_of_mode(settings, mode, images)}}}{_custom_buttons(settings, mode)}" for mode in modes]
    first = f":root{{color-scheme:{' '.join(modes)};{_radii(settings)}{colors[0]}"
    return "\n".join((first, *(f"@media (prefers-color-scheme: dark){{:root{{{each}}}" for each in colors[1:])))


def _of_mode(settings: Mapping[str, Any], mode: str, images: Mapping[str, _Picture]) -> str:
    colors = {name: _at(settings, path.format(mode=f"{mode}Mode")) for name, path in _COLORS.items()}
    pictures = {name: (picture.dark if mode == DARK else "") or picture.url for name, picture in images.items()}
    return "".join(
        (
            *(f"--{name}:#{color};" for name, color in colors.items() if _is_color(color)),
            *(f'--{name}:url("{url}");' for name, url in pictures.items()),
        )
    )


def _custom_buttons(settings: Mapping[str, Any], mode: str) -> str:
    """Rules for the buttons of the providers that have colors of their own."""
    custom = _at(settings, "components.idpButton.custom")
    rules = []
    for name, colors in custom.items() if isinstance(custom, Mapping) else ():
        found = {each: _at(colors, path.format(mode=f"{mode}Mode")) for each, path in _CUSTOM_BUTTON.items()}
        set_here = "".join(f"--{each}:#{color};" for each, color in found.items() if _is_color(color))
        if set_here:
            rules.append(f'.provider[data-provider="{_quoted(name)}"]{{{set_here}}}')
    return "".join(rules)


def _quoted(text: str) -> str:
    """A text in a string of a style sheet, where every character but the plainest is an escape."""
    return "".join(each if each.isascii() and each.isalnum() else f"\\{ord(each):x} " for each in text)


def _radii(settings: Mapping[str, Any]) -> str:
    radii = {name: _at(settings, path) for name, path in _RADII.items()}
    return "".join(
        f"--{name}:{min(max(float(radius), 0), _LARGEST_RADIUS):g}px;"
        for name, radius in radii.items()
        if isinstance(radius, int | float) and radius == radius  # noqa: PLR0124 - not a number is unlike itself
    )


def _at(settings: Mapping[str, Any], path: str) -> Any:
    """The value at a path; ``None`` if there is none."""
    value: Any = settings
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _is_color(value: Any) -> bool:
    return isinstance(value, str) and _COLOR.fullmatch(value) is not None
