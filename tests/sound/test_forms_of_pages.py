"""Whatever is posted to the pages of a sign-in, whoever waits there: they answer with a page or a redirect."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytest_cognito import Cognito, mock_cognito
from tests.support import mfa, pages
from tests.support.choice import first_factors
from tests.support.pages import MANAGED, Browser, Site, query
from tests.support.settings import SES, SMS, recovery

SETTINGS = settings(max_examples=settings().max_examples // 8, suppress_health_check=list(HealthCheck))
NAMES = (
    *("username", "password", "confirmPassword", "answer", "authentication_code", "credential", "email"),
    *("phone_number", "requiredAttributes[email]", "cognitoAsfData", "skip"),
)
TEXTS = ("", "\0", "a" * 5000, "null", "[]", '{"id": 1}', "é%\r\nSet-Cookie: a=b", "<script>", "alice", "+15555550100")
VALUES = st.one_of(st.sampled_from((*TEXTS, "PASSWORD", "WEB_AUTHN", "EMAIL_OTP", "SMS_MFA")), st.text(max_size=20))
PATHS = (
    *("/login", "/login/oidc_saml", "/login/password", "/login/passkey", "/selectChallenge", "/verifyCode"),
    *("/changePassword", "/mfa", "/mfa/options", "/mfa/totp", "/mfa/phone/register", "/mfa/email/register"),
    *("/mfa/phone/resendCode", "/mfa/back", "/passkeys/add"),
)
POSTS = st.lists(st.tuples(st.sampled_from(PATHS), st.dictionaries(st.sampled_from(NAMES), VALUES)), max_size=6)


def where(cognito: Cognito, waiting: str) -> tuple[Site, Browser]:
    """A browser in which a challenge waits for alice."""
    factors = first_factors("PASSWORD", "EMAIL_OTP", "WEB_AUTHN") if waiting == "choice" else {}
    pool = pages.make_pool(
        cognito,
        MANAGED,
        addresses=[] if waiting == "set-up" else ["email", "phone_number"],
        SmsConfiguration=SMS,
        EmailConfiguration=SES,
        **recovery("admin_only"),
        **factors,
    )
    if waiting in ("set-up", "second factor"):
        mfa.configure(pool, "ON", *mfa.FACTORS)
    site, browser = pages.make_client(pool, ExplicitAuthFlows=["ALLOW_USER_AUTH"]), Browser()
    password = {} if waiting == "choice" else {"password": site.password()}
    if waiting == "new password":
        password = {"password": "Temporary1!"}
        pool.call("AdminSetUserPassword", Username="alice", Password="Temporary1!", Permanent=False)
    browser.post("/login", query(site), username="alice", **password)
    return site, browser


@SETTINGS
@given(st.sampled_from(["choice", "second factor", "set-up", "new password"]), POSTS)
def test_a_page_or_a_redirect_answers(waiting: str, posts: list[tuple[str, dict[str, str]]]) -> None:
    with mock_cognito() as cognito:
        site, browser = where(cognito, waiting)
        for path, values in posts:
            shown = browser.post(path, query(site), **values)
            assert shown.response.status_code in (200, 400) or shown.code, shown.response.status_code
