"""The redirect by which a browser leaves Cognito, for the test to follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Never
from urllib.parse import urlsplit

from pytest_cognito.http.messages import form
from pytest_cognito.kernel.errors import UsageError

if TYPE_CHECKING:
    from pytest_cognito.handles.tokens import Tokens
    from pytest_cognito.handles.user_pool import UserPool


class NotThere(UsageError, AttributeError):
    """A page was asked for what a redirect has, or the other way round."""


class Redirect:
    """The redirect that leaves Cognito: it was not followed, because where it leads is the application's.

    ``location`` is where it leads, ``status`` that of the response, such as 302.
    """

    def __init__(self, status: int, location: str, pool: UserPool | None) -> None:
        self.status = status
        self.location = location
        self._pool = pool

    @property
    def query(self) -> dict[str, str]:
        """The parameters of the query string."""
        return dict(form(urlsplit(self.location).query))

    @property
    def fragment(self) -> dict[str, str]:
        """The parameters of the fragment, where the implicit grant has its tokens."""
        return dict(form(urlsplit(self.location).fragment))

    @property
    def code(self) -> str | None:
        """The authorization code, if there is one."""
        return self.query.get("code")

    @property
    def state(self) -> str | None:
        """The ``state`` that the application sent."""
        return self._parameter("state")

    @property
    def error(self) -> str | None:
        """The error that the application is told, such as ``invalid_request``."""
        return self._parameter("error")

    @property
    def error_description(self) -> str | None:
        return self._parameter("error_description")

    @property
    def tokens(self) -> Tokens:
        """The tokens of the implicit grant. There is no refresh token, and without the scope ``openid`` no ID token."""
        given = self.fragment
        if "access_token" not in given or self._pool is None:
            raise UsageError(
                f"there are no tokens in {self!r}: they are in the fragment if the application asked for "
                f"response_type=token; with a code, the application fetches them at /oauth2/token"
            )
        return self._pool.tokens(
            given.get("id_token", ""), given["access_token"], None, int(given.get("expires_in", "0"))
        )

    def _parameter(self, name: str) -> str | None:
        return self.query.get(name, self.fragment.get(name))

    def __getattr__(self, name: str) -> Never:
        if name.startswith("_"):
            raise AttributeError(name)
        raise NotThere(f"the browser has left Cognito, and there is no page with {name!r}: {self!r}")

    def __repr__(self) -> str:
        address = self.location.partition("?")[0].partition("#")[0]
        names = ", ".join([*self.query, *self.fragment])
        said = f": {self.error_description}" if self.error_description else ""
        error = f", error {self.error}{said}" if self.error else ""
        return f"<Redirect {self.status} to {address}{f' with {names}' if names else ''}{error}>"
