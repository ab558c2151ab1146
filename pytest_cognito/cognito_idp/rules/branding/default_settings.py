"""The settings of a style that is not customized: those that Cognito provides."""

from __future__ import annotations

from typing import Any

Document = dict[str, Any]

_BLACK, _WHITE = "000716ff", "ffffffff"
_DARK, _DARK_HOVER = "0f1b2aff", "192534ff"
_BLUE, _LIGHT_BLUE = "0972d3ff", "539fe5ff"
_BLUE_HOVER, _LIGHT_BLUE_HOVER = "033160ff", "89bdeeff"
_ROUND = 8.0


def _modes(dark: Document, light: Document) -> Document:
    return {"darkMode": dark, "lightMode": light}


def _button(background: str, border: str | None, text: str) -> Document:
    button = {"backgroundColor": background, "textColor": text}
    return button if border is None else {**button, "borderColor": border}


def _indicator(background: str, border: str) -> Document:
    return {"backgroundColor": background, "borderColor": border, "indicatorColor": border}


def _edge_of_page() -> Document:
    """The header or the footer of a page."""
    return {
        "backgroundImage": {"enabled": False},
        **_modes(
            {"background": {"color": "0f141aff"}, "borderColor": "424650ff"},
            {"background": {"color": "fafafaff"}, "borderColor": "d5dbdbff"},
        ),
        "logo": {"enabled": False, "location": "START"},
    }


_CATEGORIES: Document = {
    "auth": {
        "authMethodOrder": [
            [{"display": "BUTTON", "type": "FEDERATED"}, {"display": "INPUT", "type": "USERNAME_PASSWORD"}]
        ],
        "federation": {"interfaceStyle": "BUTTON_LIST", "order": []},
    },
    "form": {
        "displayGraphics": True,
        "instructions": {"enabled": False},
        "languageSelector": {"enabled": False},
        "location": {"horizontal": "CENTER", "vertical": "CENTER"},
        "sessionTimerDisplay": "NONE",
    },
    "global": {
        "colorSchemeMode": "LIGHT",
        "pageFooter": {"enabled": False},
        "pageHeader": {"enabled": False},
        "spacingDensity": "REGULAR",
    },
    "signUp": {"acceptanceElements": [{"enforcement": "NONE", "textKey": "en"}]},
}
_CLASSES: Document = {
    "buttons": {"borderRadius": _ROUND},
    "divider": _modes({"borderColor": "232b37ff"}, {"borderColor": "ebebf0ff"}),
    "dropDown": {
        "borderRadius": _ROUND,
        **_modes(
            {
                "defaults": {"itemBackgroundColor": _DARK_HOVER},
                "hover": {
                    "itemBackgroundColor": "081120ff",
                    "itemBorderColor": "5f6b7aff",
                    "itemTextColor": "e9ebedff",
                },
                "match": {"itemBackgroundColor": "d1d5dbff", "itemTextColor": _LIGHT_BLUE_HOVER},
            },
            {
                "defaults": {"itemBackgroundColor": _WHITE},
                "hover": {"itemBackgroundColor": "f4f4f4ff", "itemBorderColor": "7d8998ff", "itemTextColor": _BLACK},
                "match": {"itemBackgroundColor": "414d5cff", "itemTextColor": _BLUE},
            },
        ),
    },
    "focusState": _modes({"borderColor": _LIGHT_BLUE}, {"borderColor": _BLUE}),
    "idpButtons": {"icons": {"enabled": True}},
    "input": {
        "borderRadius": _ROUND,
        **_modes(
            {"defaults": {"backgroundColor": _DARK, "borderColor": "5f6b7aff"}, "placeholderColor": "8d99a8ff"},
            {"defaults": {"backgroundColor": _WHITE, "borderColor": "7d8998ff"}, "placeholderColor": "5f6b7aff"},
        ),
    },
    "inputDescription": _modes({"textColor": "8d99a8ff"}, {"textColor": "5f6b7aff"}),
    "inputLabel": _modes({"textColor": "d1d5dbff"}, {"textColor": _BLACK}),
    "link": _modes(
        {"defaults": {"textColor": _LIGHT_BLUE}, "hover": {"textColor": _LIGHT_BLUE_HOVER}},
        {"defaults": {"textColor": _BLUE}, "hover": {"textColor": _BLUE_HOVER}},
    ),
    "optionControls": _modes(
        {
            "defaults": {"backgroundColor": _DARK, "borderColor": "7d8998ff"},
            "selected": {"backgroundColor": _LIGHT_BLUE, "foregroundColor": _BLACK},
        },
        {
            "defaults": {"backgroundColor": _WHITE, "borderColor": "7d8998ff"},
            "selected": {"backgroundColor": _BLUE, "foregroundColor": _WHITE},
        },
    ),
    "statusIndicator": _modes(
        {
            "error": _indicator("1a0000ff", "eb6f6fff"),
            "pending": {"indicatorColor": "AAAAAAAA"},
            "success": _indicator("001a02ff", "29ad32ff"),
            "warning": _indicator("1d1906ff", "e0ca57ff"),
        },
        {
            "error": _indicator("fff7f7ff", "d91515ff"),
            "pending": {"indicatorColor": "AAAAAAAA"},
            "success": _indicator("f2fcf3ff", "037f0cff"),
            "warning": _indicator("fffce9ff", "8d6605ff"),
        },
    ),
}
_COMPONENTS: Document = {
    "alert": {
        "borderRadius": 12.0,
        **_modes(
            {"error": {"backgroundColor": "1a0000ff", "borderColor": "eb6f6fff"}},
            {"error": {"backgroundColor": "fff7f7ff", "borderColor": "d91515ff"}},
        ),
    },
    "favicon": {"enabledTypes": ["ICO", "SVG"]},
    "form": {
        "backgroundImage": {"enabled": False},
        "borderRadius": _ROUND,
        **_modes(
            {"backgroundColor": _DARK, "borderColor": "424650ff"},
            {"backgroundColor": _WHITE, "borderColor": "c6c6cdff"},
        ),
        "logo": {"enabled": False, "formInclusion": "IN", "location": "CENTER", "position": "TOP"},
    },
    "idpButton": {
        "custom": {},
        "standard": _modes(
            {
                "active": _button("354150ff", _LIGHT_BLUE_HOVER, _LIGHT_BLUE_HOVER),
                "defaults": _button(_DARK, "c6c6cdff", "c6c6cdff"),
                "hover": _button(_DARK_HOVER, _LIGHT_BLUE_HOVER, _LIGHT_BLUE_HOVER),
            },
            {
                "active": _button("d3e7f9ff", _BLUE_HOVER, _BLUE_HOVER),
                "defaults": _button(_WHITE, "424650ff", "424650ff"),
                "hover": _button("f2f8fdff", _BLUE_HOVER, _BLUE_HOVER),
            },
        ),
    },
    "pageBackground": {**_modes({"color": _DARK}, {"color": _WHITE}), "image": {"enabled": True}},
    "pageFooter": _edge_of_page(),
    "pageHeader": _edge_of_page(),
    "pageText": _modes(
        {"bodyColor": "b6bec9ff", "descriptionColor": "b6bec9ff", "headingColor": "d1d5dbff"},
        {"bodyColor": "414d5cff", "descriptionColor": "414d5cff", "headingColor": _BLACK},
    ),
    "phoneNumberSelector": {"displayType": "TEXT"},
    "primaryButton": _modes(
        {
            "active": _button(_LIGHT_BLUE, None, _BLACK),
            "defaults": _button(_LIGHT_BLUE, None, _BLACK),
            "disabled": {"backgroundColor": _WHITE, "borderColor": _WHITE},
            "hover": _button(_LIGHT_BLUE_HOVER, None, _BLACK),
        },
        {
            "active": _button(_BLUE_HOVER, None, _WHITE),
            "defaults": _button(_BLUE, None, _WHITE),
            "disabled": {"backgroundColor": _WHITE, "borderColor": _WHITE},
            "hover": _button(_BLUE_HOVER, None, _WHITE),
        },
    ),
    "secondaryButton": _modes(
        {
            "active": _button("354150ff", _LIGHT_BLUE_HOVER, _LIGHT_BLUE_HOVER),
            "defaults": _button(_DARK, _LIGHT_BLUE, _LIGHT_BLUE),
            "hover": _button(_DARK_HOVER, _LIGHT_BLUE_HOVER, _LIGHT_BLUE_HOVER),
        },
        {
            "active": _button("d3e7f9ff", _BLUE_HOVER, _BLUE_HOVER),
            "defaults": _button(_WHITE, _BLUE, _BLUE),
            "hover": _button("f2f8fdff", _BLUE_HOVER, _BLUE_HOVER),
        },
    ),
}
SETTINGS: Document = {"categories": _CATEGORIES, "componentClasses": _CLASSES, "components": _COMPONENTS}
"""The whole document. A color is red, green, blue and opacity in hexadecimal digits."""
