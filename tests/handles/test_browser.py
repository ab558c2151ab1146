"""The browser: requests, redirects, and where it does not go."""

from __future__ import annotations

import pytest

from pytest_cognito import Browser, Cognito, Page, Redirect, UsageError, UserPool
from pytest_cognito.http.messages import Request, Response
from tests.support.web_sites import WrittenSite, html, register, to

HOST = "pages.example.com"
BASE = f"https://{HOST}"
FORM = '<form method="post" action="/login?a=b"><input name="who" value="ann"><button>Go</button></form>'


def page(arrived: Page | Redirect) -> Page:
    assert isinstance(arrived, Page)
    return arrived


def left(arrived: Page | Redirect) -> Redirect:
    assert isinstance(arrived, Redirect)
    return arrived


@pytest.fixture
def site(cognito: Cognito) -> WrittenSite:
    return register(cognito, HOST, {"GET /login": f"<title> Sign\n in </title>{FORM}"})


def test_a_request_is_one_of_a_browser(site: WrittenSite, cognito_browser: Browser) -> None:
    arrived = page(cognito_browser.get(f"{BASE}/login?client_id=1#top"))
    asked = site.last
    assert (asked.method, asked.url) == ("GET", f"{BASE}/login?client_id=1")
    assert asked.headers["user-agent"].startswith("Mozilla/5.0")
    assert "text/html" in asked.headers["accept"]
    assert asked.headers["sec-fetch-mode"] == "navigate"
    assert (asked.headers["host"], asked.headers["sec-fetch-site"]) == (HOST, "none")
    assert {"origin", "referer", "cookie", "content-type"}.isdisjoint(asked.headers)
    assert (arrived.status, arrived.title, cognito_browser.page) == (200, "Sign in", arrived)


def test_a_form_is_posted_as_browsers_do(site: WrittenSite, cognito_browser: Browser) -> None:
    site.pages["POST /login"] = html("done")
    url = f"{BASE}/login?a=b"
    page(cognito_browser.get(url)).fill(who="Zoë & co").submit()
    asked = site.last
    assert asked.body == b"who=Zo%C3%AB+%26+co"
    assert asked.headers["content-type"] == "application/x-www-form-urlencoded"
    assert (asked.headers["origin"], asked.headers["referer"]) == (BASE, url)
    assert asked.headers["sec-fetch-site"] == "same-origin"


def test_another_site_learns_the_origin_alone(cognito: Cognito, site: WrittenSite, cognito_browser: Browser) -> None:
    other = register(cognito, "idp.example.com", {"GET /in": "<p>Hello</p>"})
    site.pages["GET /login"] = '<a href="https://idp.example.com/in">Corporate ID</a>'
    page(cognito_browser.get(f"{BASE}/login?secret=1")).click("corporate id")
    assert other.last.headers["referer"] == f"{BASE}/"
    assert other.last.headers["sec-fetch-site"] == "cross-site"


def test_redirects_are_followed_up_to_the_one_that_leaves(
    cognito: Cognito, site: WrittenSite, cognito_browser: Browser
) -> None:
    idp = register(cognito, "idp.example.com", {"GET /in": to(f"{BASE}/back")})
    site.pages["POST /login"] = to("/next", 302, ("Set-Cookie", "one=1; Path=/"))
    site.pages["GET /next"] = to("https://idp.example.com/in")
    site.pages["GET /back"] = to("https://app.test/callback?code=c0de&state=a%20b", 303, ("Set-Cookie", "two=2"))
    back = left(cognito_browser.post(f"{BASE}/login", {"a": "1"}))
    assert (back.status, back.location) == (303, "https://app.test/callback?code=c0de&state=a%20b")
    assert (back.code, back.state, back.error, back.query["state"]) == ("c0de", "a b", None, "a b")
    assert [request.method for request in site.requests] == ["POST", "GET", "GET"]
    assert (site.requests[1].body, len(idp.requests)) == (b"", 1)
    assert site.last.headers["cookie"] == "one=1"
    assert (sorted(cognito_browser.cookies), cognito_browser.page) == (["one", "two"], None)


def test_a_redirect_that_keeps_the_method(site: WrittenSite, cognito_browser: Browser) -> None:
    site.pages["POST /login"] = to("/again", 307)
    site.pages["POST /again"] = "<p>Thanks</p>"
    assert page(cognito_browser.post(f"{BASE}/login", {"a": "1"})).text == "Thanks"
    assert site.posted == {"a": "1"}


@pytest.mark.parametrize("target", ["myapp://callback?code=1", "http://localhost:3000/cb?code=1", "https://app.test/"])
def test_what_leaves_is_never_asked(site: WrittenSite, cognito_browser: Browser, target: str) -> None:
    site.pages["GET /login"] = to(target)
    assert left(cognito_browser.get(f"{BASE}/login")).location == target


def test_redirects_in_a_circle(site: WrittenSite, cognito_browser: Browser) -> None:
    site.pages["GET /login"] = to("/login?again")
    with pytest.raises(UsageError, match=r"more than 20 redirects .* https://pages.example.com/login$"):
        cognito_browser.get(f"{BASE}/login")
    assert len(site.requests) == 21


@pytest.mark.parametrize("url", ["http://localhost:5000/login", "https://cognito-idp.us-east-1.amazonaws.com/", "nope"])
def test_the_application_is_not_opened(cognito_user_pool: UserPool, cognito_browser: Browser, url: str) -> None:
    cognito_user_pool.call("CreateUserPoolDomain", Domain="my-app")
    with pytest.raises(UsageError, match=r"own pages are for .*: my-app.auth.us-east-1.amazoncognito.com"):
        cognito_browser.get(url)


def test_a_domain_of_no_pool(cognito_browser: Browser) -> None:
    with pytest.raises(UsageError, match="No user pool has a domain, without which it has no pages"):
        cognito_browser.get("https://my-app.auth.us-east-1.amazoncognito.com/login")


def test_an_address_is_relative_to_the_page(site: WrittenSite, cognito_browser: Browser) -> None:
    site.pages["GET /signup"] = "<h1>Sign up</h1>"
    cognito_browser.get(f"{BASE}/login")
    assert page(cognito_browser.get("/signup")).url == f"{BASE}/signup"
    assert "sec-fetch-site" in site.last.headers


def test_two_browsers_share_nothing(cognito: Cognito, site: WrittenSite, cognito_browser: Browser) -> None:
    site.pages["GET /login"] = html("", 200, ("Set-Cookie", "cognito=1; Path=/"))
    cognito_browser.get(f"{BASE}/login")
    other = cognito.browser()
    assert (list(cognito_browser.cookies), list(other.cookies)) == (["cognito"], [])
    cognito_browser.forget()
    assert (list(cognito_browser.cookies), cognito_browser.page) == ([], None)


AUTO = '<body{on}><form {data}method="post" action="{to}"><input type=hidden name=SAMLResponse value="PD94"></form>'


@pytest.mark.parametrize(
    "written",
    [
        AUTO.format(on=' onload="document.forms[0].submit()"', data="", to=f"{BASE}/saml2/idpresponse"),
        AUTO.format(on="", data="data-auto-submit ", to=f"{BASE}/saml2/idpresponse"),
        AUTO.format(on="", data="", to=f"{BASE}/saml2/idpresponse") + "<script>document.forms[0].submit()</script>",
    ],
    ids=["onload", "data", "script"],
)
def test_a_form_that_submits_itself(
    cognito: Cognito, site: WrittenSite, cognito_browser: Browser, written: str
) -> None:
    register(cognito, "idp.example.com", {"GET /in": written})
    site.pages["POST /saml2/idpresponse"] = to("https://app.test/?code=1")
    assert left(cognito_browser.get("https://idp.example.com/in")).code == "1"
    assert site.posted == {"SAMLResponse": "PD94"}
    assert site.last.headers["origin"] == "https://idp.example.com"


def test_a_form_that_submits_itself_to_elsewhere(site: WrittenSite, cognito_browser: Browser) -> None:
    site.pages["GET /login"] = AUTO.format(on="", data="data-auto-submit ", to="https://idp.test/")
    assert page(cognito_browser.get(f"{BASE}/login")).status == 200


def test_a_document_that_is_no_page(site: WrittenSite, cognito_browser: Browser) -> None:
    site.pages["GET /login"] = Response(405, [("Content-Length", "0")])
    arrived = page(cognito_browser.get(f"{BASE}/login"))
    assert (arrived.status, arrived.text, arrived.title, arrived.error, arrived.fields) == (405, "", "", None, {})


def test_the_tokens_of_the_implicit_grant(cognito_user_pool: UserPool, cognito: Cognito) -> None:
    tokens = cognito_user_pool.create_user("ann").tokens()
    location = (
        f"https://app.test/#access_token={tokens.access_token}&id_token={tokens.id_token}&expires_in=3600&state=s"
    )
    back = Redirect(302, location, cognito_user_pool)
    assert back.tokens.claims["username"] == "ann"
    assert (back.tokens.expires_in, back.tokens.refresh_token, back.state) == (3600, None, "s")
    assert tokens.access_token not in repr(back)
    with pytest.raises(UsageError, match="response_type=token"):
        Redirect(302, "https://app.test/?code=1", cognito_user_pool).tokens  # noqa: B018


def test_what_a_redirect_tells(cognito: Cognito) -> None:
    back = Redirect(302, "https://app.test/?error=access_denied&error_description=No+way&state=1", None)
    assert (back.error, back.error_description) == ("access_denied", "No way")
    assert repr(back) == (
        "<Redirect 302 to https://app.test/ with error, error_description, state, error access_denied: No way>"
    )
    assert not hasattr(back, "fill")
    with pytest.raises(UsageError, match="has left Cognito, and there is no page with 'confirm'"):
        back.confirm()


@pytest.mark.cognito(client={"LogoutURLs": ["https://app.test/out"], "CallbackURLs": ["https://app.test/in"]})
def test_sign_out(cognito: Cognito, cognito_user_pool: UserPool, cognito_browser: Browser) -> None:
    client = cognito_user_pool.client
    with pytest.raises(UsageError, match=r"has no domain: pool\.create_domain"):
        cognito_browser.sign_out(client)
    certificate = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"
    cognito_user_pool.call("CreateUserPoolDomain", Domain=HOST, CustomDomainConfig={"CertificateArn": certificate})
    site = register(cognito, HOST, {"GET /logout": to("https://app.test/out")})
    assert left(cognito_browser.sign_out(client)).location == "https://app.test/out"
    assert site.last.query == f"client_id={client.id}&logout_uri=https%3A%2F%2Fapp.test%2Fout"
    with pytest.raises(UsageError, match="has no LogoutURLs"):
        cognito_browser.sign_out(cognito_user_pool.create_client())


def test_an_empty_url(cognito_browser: Browser) -> None:
    with pytest.raises(UsageError, match="url is a string"):
        cognito_browser.get("")


def test_a_function_sees_the_request(cognito: Cognito, cognito_browser: Browser) -> None:
    def echo(request: Request) -> Response:
        return html(f"<p>{request.query}</p>")

    register(cognito, HOST, {"GET /login": echo})
    assert page(cognito_browser.get(f"{BASE}/login?q=1")).text == "q=1"
