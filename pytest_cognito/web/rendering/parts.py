"""What templates ask of a page beside what it says: ids, focus, descriptions, providers."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from markupsafe import Markup, escape

from pytest_cognito.web.rendering import texts
from pytest_cognito.web.rendering.page import Field, Form, Link, Page, ProviderButton, Text

Say = Callable[[Text | None], str]

_SPACE = re.compile(r"\s+")
ERROR_ID = "loginErrorMessage"


class SocialProvider(NamedTuple):
    """A social identity provider: its name for people; name and class of its button in the classic hosted UI."""

    label: str
    button: str
    css_class: str


_SOCIAL = {
    "Facebook": SocialProvider("Facebook", "facebookSignUpButton", "facebook-button"),
    "Google": SocialProvider("Google", "googleSignUpButton", "google-button"),
    "LoginWithAmazon": SocialProvider("Amazon", "loginWithAmazonSignUpButton", "amazon-button"),
    "SignInWithApple": SocialProvider("Apple", "appleSignUpButton", "apple-button"),
}


class PageParts:
    """A page as templates need it."""

    def __init__(self, page: Page, say: Say) -> None:
        self._page = page
        self._say = say
        fields = [field for form in page.forms for field in form.fields]
        self.wrong = [field for field in fields if field.error is not None]
        """The fields with errors, which the summary links to."""
        empty = [field for field in fields if not field.value]
        self.focused = next(iter(self.wrong or empty), None)
        """The field that has the focus at first: the first one with an error, or else the first one that is empty."""
        self.corporate = [one for one in page.providers if one.type not in _SOCIAL]
        self.social = [one for one in page.providers if one.type in _SOCIAL]

    @property
    def has_error(self) -> bool:
        return self._page.error is not None or bool(self.wrong)

    def id(self, field: Field) -> str:
        return field.id or _SPACE.sub("-", field.name)

    def descriptions(self, field: Field) -> str:
        """The ids of what describes a field. For the focused one, what is wrong with the page does, too."""
        name = self.id(field)
        given = {f"{name}-error": field.error, f"{name}-hint": field.hint, f"{name}-rules": field.rules}
        ids = [part for part, there in given.items() if there]
        if self._page.error is not None and field is self.focused:
            ids.insert(0, ERROR_ID)
        return " ".join(ids)

    def provider(self, button: ProviderButton) -> SocialProvider:
        """What the button of an identity provider says; OIDC and SAML providers go by their own names."""
        return _SOCIAL.get(button.type) or SocialProvider(button.name, "", "")

    def inner_links(self, form: Form) -> list[Link]:
        """The links above the button of a form: those without a lead."""
        return [link for link in form.links if link.lead is None]

    def outer_links(self, form: Form) -> list[Link]:
        """The links below the button of a form."""
        return [link for link in form.links if link.lead is not None]

    def terms(self, href: Callable[[str], str]) -> Markup:
        """The sentence with the links to the terms documents, or the links alone where there are not two."""
        links = [
            Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(
                href(link.href), self._say(link.label)
            )
            for link in self._page.terms
        ]
        if len(links) != 2:
            return Markup(" ").join(links)
        sentence = escape(self._say(texts.TERMS))
        return sentence.format(terms_of_use=links[0], privacy_policy=links[1])
