"""What is on a page that a browser has arrived at, and how it is filled in, submitted and clicked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Never, Self
from urllib.parse import urljoin, urlsplit

from pytest_cognito.handles import document, page_text
from pytest_cognito.handles.form import Control, Form, fields_of, forms_of, same
from pytest_cognito.handles.page_links import Target, is_provider, targets
from pytest_cognito.handles.redirect import NotThere, Redirect
from pytest_cognito.http.messages import Headers, Response
from pytest_cognito.kernel.errors import UsageError

if TYPE_CHECKING:
    from pytest_cognito.handles.browser import Browser
    from pytest_cognito.handles.page import Page

_OF_REDIRECTS = ("location", "code", "state", "query", "fragment", "tokens", "error_description")


class PageContent:
    """A page as it was when the browser arrived. ``url`` and ``status`` are those of the request that it answers."""

    def __init__(self, browser: Browser, url: str, response: Response) -> None:
        self.browser = browser
        self.url = url
        self.status = response.status
        self.headers: Headers = response.headers
        self.html = response.body.decode("utf-8", "replace")
        self._filled: Form | None = None

    @property
    def origin(self) -> str:
        """The scheme and the host of the page: ``https://auth.example.com``."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def name(self) -> str:
        """Which page it is: ``sign-in``, ``sign-up``, ``confirm``, ``mfa``, ``error`` …; empty if unknown."""
        return next((body.get("data-page") for body in self.root.all("body")), "")

    @property
    def title(self) -> str:
        return next((" ".join("".join(map(str, title.children)).split()) for title in self.root.all("title")), "")

    @cached_property
    def text(self) -> str:
        """The text that is shown, in lines."""
        return self.root.text

    @cached_property
    def error(self) -> str | None:
        """What the page says went wrong."""
        return page_text.error(self.root)

    @cached_property
    def notice(self) -> str | None:
        """What the page says went well."""
        return page_text.notice(self.root)

    @property
    def fields(self) -> dict[str, str]:
        """The values of the fields that a person can fill in, by name. Of a group of choices it is the chosen one."""
        values: dict[str, str] = {}
        for control in self.controls:
            if control.is_choice and not control.is_checked:
                values.setdefault(control.name, "")
            elif control.is_choice or control.name not in values:
                values[control.name] = control.value
        return values

    @property
    def labels(self) -> dict[str, str]:
        """The labels of the fields, by name."""
        return {control.name: control.label for control in reversed(self.controls)}

    @property
    def buttons(self) -> list[str]:
        """The labels of the buttons that submit a form."""
        return list(dict.fromkeys(each.label for form in self.forms for each in form.buttons))

    @property
    def providers(self) -> list[str]:
        """The names of the identity providers that there are buttons for."""
        return list(dict.fromkeys(target.provider for target in self.targets if target.provider))

    @property
    def links(self) -> dict[str, str]:
        """The URLs of the links, by their texts."""
        return {each.text: urljoin(self.url, each.href) for each in reversed(self.targets) if not each.provider}

    def fill(self, values: Mapping[str, Any] | None = None, /, **more: Any) -> Self:
        """Fill in fields, by name, by label, or by the attribute that they are for; the page is returned.

        A box is ticked by ``True``; of several choices one is taken by its value or its label.
        """
        for key, value in {**(values or {}), **more}.items():
            found = [control for control in self.controls if control.is_known_as(key)]
            if not found:
                raise self.unfit(f"has no field {key!r}")
            self.enter(found, value)
        return self

    def submit(self, button: str | None = None) -> Page | Redirect:
        """Submit a form by a button with a label or a name, by default the form that was filled in last, or the first.

        As in a browser, a field that has to be filled in is not left empty: `Browser.post` sends what it is told.
        """
        if button is not None:
            found = self.find_button(button)
            if found is None:
                raise self.unfit(f"has no button {button!r}")
            return self.send(*found)
        form = self._filled or next((form for form in self.forms if form.buttons), None)
        if form is None:
            raise self.unfit("has no form to submit")
        return self.send(form, next(iter(form.buttons), None))

    def offers(self, text: str) -> bool:
        """Whether there is something to `click` of that name."""
        return any(same(text, each.text, each.provider) for each in self.targets) or self.find_button(text) is not None

    def click(self, text: str) -> Page | Redirect:
        """Click a link or a button with a text, or that of an identity provider, by its name."""
        for target in self.targets:
            if same(text, target.text, target.provider):
                return self.follow(target)
        found = self.find_button(text)
        if found is None:
            raise self.unfit(f"has nothing to click called {text!r}")
        return self.send(*found)

    @cached_property
    def root(self) -> document.Node:
        """The elements of the page."""
        return document.parse(self.html)

    @cached_property
    def document_forms(self) -> list[Form]:
        """All forms, those that are not shown as well."""
        return forms_of(self.root)

    @cached_property
    def forms(self) -> list[Form]:
        """The forms that are shown, without those that are the buttons of identity providers."""
        return [form for form in self.document_forms if form.is_shown and not is_provider(form)]

    @cached_property
    def controls(self) -> list[Control]:
        """The fields that a person can fill in."""
        return list(fields_of(self.forms))

    @cached_property
    def targets(self) -> list[Target]:
        """Links, and buttons that lead to another page, as those of identity providers do."""
        return targets(self.root, [form for form in self.document_forms if form.is_shown])

    @property
    def form_that_submits_itself(self) -> Form | None:
        """The form that a script of the page submits at once, as providers send what they know to Cognito."""
        if "data-auto-submit" not in self.html and "submit()" not in self.html:
            return None
        if len(self.document_forms) != 1 or self.document_forms[0].fields:
            return None
        form = self.document_forms[0]
        scripts = ["".join(map(str, script.children)) for script in self.root.all("script")]
        starts = [*scripts, *(body.get("onload") for body in self.root.all("body"))]
        return (
            form if "data-auto-submit" in form.node.attributes or any(".submit()" in each for each in starts) else None
        )

    def enter(self, controls: list[Control], value: Any) -> None:
        """Give fields of one name a value."""
        choices = [control for control in controls if control.type == "radio"]
        if choices:
            self.choose_one(choices, value)
        for control in controls:
            if control.type == "checkbox":
                control.is_checked = bool(value)
            elif control.type == "select":
                control.value = page_text.option(self, control, value)
            elif control.type != "radio":
                if not isinstance(value, str):
                    raise UsageError(f"the field {control.name!r} takes a string, not {value!r}")
                control.value = value
        self._filled = next((form for form in self.forms if controls[0] in form.controls), None)

    def choose_one(self, choices: list[Control], value: object) -> None:
        """Take one of several choices, by its value or its label."""
        chosen = next((each for each in choices if value == each.value or same(str(value), *each.labels)), None)
        if chosen is None:
            there = ", ".join(f"{each.value} ({each.label})" for each in choices)
            raise self.unfit(f"has no choice {value!r} for {choices[0].name!r}, but {there}")
        for choice in choices:
            choice.is_checked = choice is chosen

    def find_button(self, name: str) -> tuple[Form, Control] | None:
        """The button with a label, a name or a value, and its form: before others that which was filled in last."""
        for form in sorted(self.forms, key=lambda form: form is not self._filled):
            for button in form.buttons:
                if name in (button.name, button.id, button.value) or same(name, *button.labels):
                    return form, button
        return None

    def send(self, form: Form, button: Control | None) -> Page | Redirect:
        """Submit a form by a button."""
        missing = form.missing()
        if missing and (button is None or "formnovalidate" not in button.node.attributes):
            raise self.unfit(
                f"does not submit the form: {', '.join(repr(each.label or each.name) for each in missing)} has to be "
                f"filled in"
            )
        return self.browser.send(form.method, self.target(form, button), form.data(button), self.url)

    def follow(self, target: Target) -> Page | Redirect:
        """Follow a link; one that leaves Cognito is a redirect to where it leads."""
        url = urljoin(self.url, target.href)
        if not self.browser.serves(url):
            return Redirect(200, url, self.browser.pool_at(self.url))
        return self.browser.send("GET", url, None, self.url)

    def target(self, form: Form, button: Control | None = None) -> str:
        """The URL to which a form is sent."""
        action = (button.node.get("formaction") if button is not None else "") or form.action
        return urljoin(self.url, action) if action else self.url

    def unfit(self, what: str) -> UsageError:
        """The error for something that the page can't do."""
        return UsageError(page_text.unfit(self, what))

    def __getattr__(self, name: str) -> Never:
        if name not in _OF_REDIRECTS:
            raise AttributeError(f"a page has no {name!r}")
        raise NotThere(page_text.unfit(self, f"is not a redirect to the application, so it has no {name!r}"))

    def __repr__(self) -> str:
        return page_text.summary(self)
