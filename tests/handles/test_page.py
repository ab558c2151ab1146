"""What a page of the browser says and takes, whatever version of the pages it is."""

from __future__ import annotations

import time

import pytest

from pytest_cognito import Browser, Cognito, Page, Redirect, UsageError
from tests.support import written_pages
from tests.support.web_sites import WrittenSite, html, register

BASE = "https://pages.example.com"


@pytest.fixture
def site(cognito: Cognito) -> WrittenSite:
    return register(cognito, "pages.example.com", {"POST /login": html("done"), "GET /oauth2/authorize": html("idp")})


def show(site: WrittenSite, browser: Browser, text: str, status: int = 200) -> Page:
    site.pages["GET /login"] = html(text, status)
    arrived = browser.get(f"{BASE}/login?client_id=1")
    assert isinstance(arrived, Page)
    return arrived


def test_the_classic_sign_in_page(site: WrittenSite, cognito_browser: Browser) -> None:
    said = written_pages.error("Incorrect username or password.")
    page = show(site, cognito_browser, written_pages.classic_sign_in(said))
    assert (page.name, page.title, page.error, page.notice) == (
        "sign-in",
        "Signin",
        "Incorrect username or password.",
        None,
    )
    assert page.fields == {"username": "", "password": ""}
    assert page.labels == {"username": "Username", "password": "Password"}
    assert page.providers == ["Google", "ACME"]
    assert page.buttons == ["Sign in"]
    assert list(page.links) == ["Sign up", "Forgot your password?"]
    assert page.links["Sign up"].startswith(f"{BASE}/signup?client_id=1example&redirect_uri=https%3A%2F%2Fapp.test%2F&")
    assert page.text.splitlines() == [
        "Continue with Google",
        "Incorrect username or password.",
        "Sign in with your username and password",
        "Username",
        "Password",
        "Forgot your password?",
        "Need an account? Sign up",
    ]


def test_a_page_of_managed_login(site: WrittenSite, cognito_browser: Browser) -> None:
    page = show(site, cognito_browser, written_pages.username_first("Something went wrong"))
    assert (page.error, page.fields, page.labels) == (
        "Something went wrong",
        {"username": ""},
        {"username": "Email address"},
    )
    assert (page.providers, page.buttons, page.links) == (["Google"], ["Next"], {})


def test_what_is_filled_in_is_sent_with_what_is_hidden(site: WrittenSite, cognito_browser: Browser) -> None:
    page = show(site, cognito_browser, written_pages.classic_sign_in())
    assert page.fill({"Username": "ann"}, password="s3cret").fields == {"username": "ann", "password": "s3cret"}
    assert "s3cret" not in repr(page)
    page.submit()
    assert site.last.query == "client_id=1example&redirect_uri=https%3A%2F%2Fapp.test%2F&response_type=code"
    assert site.posted == {
        "_csrf": "t0ken",
        "cognitoAsfData": "",
        "username": "ann",
        "password": "s3cret",
        "signInSubmitButton": "Sign in",
    }


@pytest.mark.parametrize("text", ["Google", "continue with google"])
def test_a_provider_is_clicked(site: WrittenSite, cognito_browser: Browser, text: str) -> None:
    show(site, cognito_browser, written_pages.classic_sign_in()).click(text)
    assert site.last.query.startswith("identity_provider=Google&client_id=1example&")


def test_a_link_that_leaves(site: WrittenSite, cognito_browser: Browser) -> None:
    page = show(site, cognito_browser, '<a href="https://app.test/terms">Terms of use</a><a href="#x">Skip</a>')
    gone = page.click("Terms of use")
    assert isinstance(gone, Redirect)
    assert (gone.location, list(page.links)) == ("https://app.test/terms", ["Terms of use"])


FIELDS = """<form method=post action=/login>
<label for=a>Name *</label><input id=a name=first value=Ann>
<select name=lang><option value=de>Deutsch<option selected value=en>English</select>
<textarea name=about>I am
here</textarea>
<label><input type=checkbox name=terms> I agree</label><input type=checkbox name=news value=yes checked>
<label><input type=radio name=by value=SMS_MFA checked> SMS</label>
<label><input type=radio name=by value=TOTP> App</label>
<input name=off value=1 disabled><input type=file name=file><input type=reset name=reset><p hidden><input name=trap></p>
<button name=do value=save>Save</button><button name=do value=drop>Drop</button></form>
<form method=get action="/login?old=1"><input name=q><button>Search</button></form>"""


def test_all_kinds_of_fields(site: WrittenSite, cognito_browser: Browser) -> None:
    page = show(site, cognito_browser, FIELDS)
    assert page.fields == {
        "first": "Ann",
        "lang": "en",
        "about": "I am\nhere",
        "terms": "",
        "news": "yes",
        "by": "SMS_MFA",
        "q": "",
    }
    page.fill({"name": "Zoë", "I agree": True}, lang="deutsch", news=False, by="app").submit("Drop")
    assert site.posted == {
        "first": "Zoë",
        "lang": "de",
        "about": "I am\nhere",
        "terms": "on",
        "by": "TOTP",
        "trap": "",
        "do": "drop",
    }
    show(site, cognito_browser, FIELDS).submit()
    assert (site.posted["do"], site.posted["by"], "terms" in site.posted) == ("save", "SMS_MFA", False)


def test_the_form_that_was_filled_in_is_submitted(site: WrittenSite, cognito_browser: Browser) -> None:
    show(site, cognito_browser, FIELDS).fill(q="a b").submit()
    assert (site.last.method, site.last.url, site.last.body) == ("GET", f"{BASE}/login?q=a+b", b"")


def test_the_button_says_where_to(site: WrittenSite, cognito_browser: Browser) -> None:
    site.pages["POST /other"] = "there"
    page = show(
        site, cognito_browser, "<form method=post><button>A</button><button formaction=/other>B</button></form>"
    )
    assert [page.click(name).url for name in "AB"] == [f"{BASE}/login?client_id=1", f"{BASE}/other"]


@pytest.mark.parametrize(
    ("do", "said"),
    [
        (lambda page: page.fill(usrname="a"), "has no field 'usrname'."),
        (lambda page: page.submit("Log in"), "has no button 'Log in'."),
        (lambda page: page.click("Register"), "has nothing to click called 'Register'."),
        (lambda page: page.submit(), "does not submit the form: 'Username', 'Password' has to be filled in."),
        (lambda page: page.enter_code("1"), "asks for no code."),
        (lambda page: page.new_password("Abc1"), "asks for no new password."),
        (lambda page: page.choose("SMS_MFA"), "has no choice 'SMS_MFA'."),
        (lambda page: page.set_up_totp(), "sets up no software token."),
        (lambda page: page.location, "is not a redirect to the application, so it has no 'location'."),
        (
            lambda page: page.sign_in_with("Facebook", sub="1"),
            (
                "offers no sign-in with 'Facebook', which is to be a provider of the user pool "
                "(create_identity_provider) and among the SupportedIdentityProviders of the app client."
            ),
        ),
    ],
)
def test_what_does_not_fit(site: WrittenSite, cognito_browser: Browser, do: object, said: str) -> None:
    page = show(site, cognito_browser, written_pages.classic_sign_in(written_pages.error("No.")))
    with pytest.raises(UsageError) as raised:
        do(page)  # type: ignore[operator]
    assert str(raised.value) == (
        f"the page sign-in ({BASE}/login, status 200) {said} It says: 'No.'. On it are: fields username (Username), "
        "password (Password); buttons Sign in; links Sign up, Forgot your password?; providers Google, ACME."
    )


def test_what_a_page_without_anything_says(site: WrittenSite, cognito_browser: Browser) -> None:
    page = show(site, cognito_browser, "<title>Error</title><p>An error was encountered</p>", 400)
    assert repr(page) == f"<Page Error 400 at {BASE}/login>"
    with pytest.raises(
        UsageError, match=r"the page 'Error' .*, status 400\) is not for a sign-in. On it is: 'An error"
    ):
        page.sign_in("ann", "pw")
    with pytest.raises(UsageError, match="has no form to submit"):
        page.submit()


def test_choices_that_there_are_not(site: WrittenSite, cognito_browser: Browser) -> None:
    page = show(site, cognito_browser, FIELDS)
    with pytest.raises(UsageError, match=r"no choice 'fr' for 'lang', but de, en"):
        page.fill(lang="fr")
    with pytest.raises(UsageError, match=r"no choice 'x' for 'by', but SMS_MFA \(SMS\), TOTP \(App\)"):
        page.fill(by="x")
    with pytest.raises(UsageError, match="the field 'first' takes a string, not 5"):
        page.fill(first=5)


def test_the_repr_in_an_assertion(site: WrittenSite, cognito_browser: Browser) -> None:
    page = show(site, cognito_browser, written_pages.classic_sign_in(written_pages.error("No.")))
    assert repr(page) == f"<Page sign-in 200 at {BASE}/login, fields username, password: No.>"
    assert not hasattr(page, "location")
    assert not hasattr(page, "nonsense")


def test_text_with_all_that_html_has(site: WrittenSite, cognito_browser: Browser) -> None:
    text = (
        "<noscript>Turn it on</noscript><h1>Tom &amp;\n Jerry</h1><!-- no --><p>One<br>two<p>three<li>four</li>"
        '<svg><title>QR</title><path d="M0 0"/><g/></svg></div><div style="display: none">hidden</div><b>fi</b>ve'
        '<p role="status">Sent.</p><p role="alert"></p>'
    )
    page = show(site, cognito_browser, text)
    assert page.text.split("\n") == ["Tom & Jerry", "One", "two", "three", "four", "five", "Sent."]
    assert (page.notice, page.error) == ("Sent.", None)


def test_a_page_is_read_in_less_than_a_millisecond(site: WrittenSite, cognito_browser: Browser) -> None:
    page = show(site, cognito_browser, written_pages.classic_sign_in())
    times = []
    for _ in range(20):
        again = Page(cognito_browser, page.url, html(page.html))
        begun = time.perf_counter()
        assert again.fields
        times.append(time.perf_counter() - begun)
    assert min(times) < 0.005  # a fraction of a millisecond on a machine that does nothing else
