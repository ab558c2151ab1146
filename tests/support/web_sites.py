"""Sites whose pages a test writes itself, and what was asked of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pytest_cognito import Cognito, Page, Redirect
from pytest_cognito.http.messages import Request, Response, form

View = Callable[[Request], Response]


class WrittenSite:
    """A site that answers a method and a path (``"GET /login"``) with HTML, a response, or what a function gives."""

    def __init__(self, pages: Mapping[str, str | Response | View]) -> None:
        self.pages = dict(pages)
        self.requests: list[Request] = []

    def __call__(self, request: Request) -> Response:
        self.requests.append(request)
        page = self.pages[f"{request.method} {request.path}"]
        if isinstance(page, str):
            return html(page)
        return page if isinstance(page, Response) else page(request)

    @property
    def last(self) -> Request:
        return self.requests[-1]

    def sent(self, path: str) -> dict[str, str]:
        """What was posted to a path last, but for what the pages hide."""
        (*_, request) = (each for each in self.requests if each.path == path and each.method == "POST")
        return {name: value for name, value in form(request.body) if name not in ("_csrf", "cognitoAsfData")}

    @property
    def posted(self) -> dict[str, str]:
        """The parameters of the last request's body."""
        return dict(form(self.last.body))


def register(cognito: Cognito, host: str, pages: Mapping[str, str | Response | View]) -> WrittenSite:
    """Let a world answer for a host with these pages."""
    site = WrittenSite(pages)
    cognito.world.sites.register(host, site)
    return site


def html(text: str, status: int = 200, *headers: tuple[str, str]) -> Response:
    return Response(status, [("Content-Type", "text/html;charset=UTF-8"), *headers], text.encode())


def to(location: str, status: int = 302, *headers: tuple[str, str]) -> Response:
    """A redirect."""
    return Response(status, [("Location", location), *headers])


def in_turn(*answers: Response | str) -> View:
    """A view that gives one answer after the other."""
    left = iter(answers)

    def answer(_: Request) -> Response:
        following = next(left)
        return html(following) if isinstance(following, str) else following

    return answer


def at(arrived: Page | Redirect) -> Page:
    """The page that a browser has arrived at."""
    assert isinstance(arrived, Page)
    return arrived


HOST = "pages.example.com"
"""A custom domain of a pool whose pages a test writes."""
LOGIN = f"https://{HOST}/login"
BACK = to("https://app.test/?code=c0de&state=s")
"""The redirect back to the application."""
