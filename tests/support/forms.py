"""A browser that fills in the forms of a domain's pages, over requests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib
import requests

from pytest_cognito import AppClient, UserPool
from pytest_cognito.http import hosts

MANAGED_LOGIN = 2
DOMAIN = "notes"
BASE = f"https://{hosts.prefix_domain(DOMAIN, 'us-east-1')}"
CALLBACK = "https://app.example.com/callback"
OAUTH: dict[str, Any] = {
    "AllowedOAuthFlowsUserPoolClient": True,
    "AllowedOAuthFlows": ["code", "implicit"],
    "AllowedOAuthScopes": ["openid", "email", "aws.cognito.signin.user.admin"],
    "CallbackURLs": [CALLBACK],
    "SupportedIdentityProviders": ["COGNITO"],
}


def client_of(pool: UserPool, *, version: int = 1, **settings: Any) -> AppClient:
    """An app client of a pool that takes part in OAuth 2.0, and a domain for the pool."""
    pool.call("CreateUserPoolDomain", Domain=DOMAIN, ManagedLoginVersion=version)
    client = pool.create_client(**{**OAUTH, **settings})
    if version == MANAGED_LOGIN:  # its pages need a style
        pool.call("CreateManagedLoginBranding", ClientId=client.id, UseCognitoProvidedValues=True)
    return client


@dataclass(frozen=True)
class FormOnPage:
    """A form: where it is posted to, the values of its fields, and its fields as elements."""

    name: str
    action: str
    values: dict[str, str]
    fields: dict[str, Element]


class Visitor:
    """A browser that is at a page of a domain, for an authorization request of an app client."""

    def __init__(self, client: AppClient, **query: str) -> None:
        self.http = requests.Session()
        self.query = {
            "client_id": client.id,
            "response_type": "code",
            "redirect_uri": CALLBACK,
            "state": "s&1",
            **query,
        }
        self.response = requests.Response()

    def open(self, path: str) -> Visitor:
        """Go to a page."""
        return self._take("GET", f"{BASE}{path}?{urlencode(self.query)}")

    def submit(self, name: str = "", /, **values: str) -> Visitor:
        """Fill in the form with a name, or whose path ends with it, or the first one, and follow the redirects."""
        form = next(one for one in self.forms if one.name == name or urlsplit(one.action).path.endswith(name))
        filled = {**form.values, **{form_name(key): value for key, value in values.items()}}
        return self._take("POST", urljoin(self.response.url, form.action), filled)

    def post(self, path: str, values: dict[str, str]) -> Visitor:
        """Post a form that is on no page."""
        return self._take("POST", f"{BASE}{path}?{urlencode(self.query)}", values)

    def _take(self, method: str, url: str, data: dict[str, str] | None = None) -> Visitor:
        self.response = self.http.request(method, url, data=data, timeout=5, allow_redirects=False)
        for _ in range(9):
            location = urljoin(self.response.url, self.response.headers.get("Location", ""))
            if "Location" not in self.response.headers or not location.startswith(BASE):
                break
            self.response = self.http.get(location, timeout=5, allow_redirects=False)
        return self

    @property
    def path(self) -> str:
        return urlsplit(self.response.url).path

    @property
    def back(self) -> dict[str, str]:
        """What the application gets, if the browser was sent back to it."""
        location = urlsplit(self.response.headers["Location"])
        assert location._replace(query="", fragment="").geturl() == CALLBACK
        return {name: values[0] for name, values in parse_qs(location.query).items()}

    @property
    def document(self) -> Element:
        found: Element = html5lib.parse(self.response.text, namespaceHTMLElements=False)
        return found

    @property
    def text(self) -> str:
        """All that the page says."""
        body = self.document.find("body")
        assert body is not None
        return " ".join("".join(body.itertext()).split())

    @property
    def forms(self) -> list[FormOnPage]:
        return [_form(element) for element in self.document.iter("form")]

    @property
    def fields(self) -> dict[str, Element]:
        """The fields of the first form that people see, by name."""
        fields = self.forms[0].fields
        return {name: field for name, field in fields.items() if field.get("type") != "hidden"}

    def error_at(self, field: str) -> str:
        """What the page says beside a field."""
        described = self.fields[form_name(field)].get("aria-describedby", "").split()
        found = [element for element in self.document.iter() if element.get("id") in described]
        return " ".join("".join(element.itertext()).strip() for element in found if "error" in element.get("id", ""))


def form_name(name: str) -> str:
    """The form parameter of an attribute: ``attribute_email`` is ``requiredAttributes[email]``."""
    return f"requiredAttributes[{name[10:]}]" if name.startswith("attribute_") else name


def _form(element: Element) -> FormOnPage:
    fields = {name: field for field in element.iter("input") if (name := field.get("name"))}
    values = {name: field.get("value", "") for name, field in fields.items()}
    return FormOnPage(element.get("name", ""), element.get("action", ""), values, fields)
