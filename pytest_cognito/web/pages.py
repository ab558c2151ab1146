"""What lives on the domain of a user pool: its views by path. It imports all of them, and is imported when a domain is.

Of an application's tests many ask for the keys of a pool, and never see a page.
"""

from __future__ import annotations

from pytest_cognito.http.routing import Route
from pytest_cognito.web import confirmation, feedback, forms
from pytest_cognito.web.context import View
from pytest_cognito.web.federation import callback, saml
from pytest_cognito.web.login import (
    change_password,
    choose,
    confirm,
    confirm_forgot_password,
    error,
    forgot_password,
    mfa,
    mfa_options,
    mfa_register,
    passkeys,
    password,
    resend_code,
    sign_in,
    sign_up,
)
from pytest_cognito.web.oauth import authorize, logout, register, revoke, token, user_info

PAGES: tuple[Route[View], ...] = (
    Route("/oauth2/authorize", authorize.authorize),
    Route("/authorize", authorize.authorize),
    Route("/oauth2/idpresponse", callback.come_back, ("GET", "POST")),
    Route("/saml2/idpresponse", saml.consume, ("POST",)),
    Route("/saml2/logout", saml.signed_out, ("POST",)),
    Route("/oauth2/token", token.token, ("POST", "OPTIONS")),
    Route("/oauth2/userInfo", user_info.user_info, ("GET", "POST", "OPTIONS")),
    Route("/oauth2/revoke", revoke.revoke, ("POST", "OPTIONS")),
    Route("/oauth2/register", register.register, ("POST",)),
    Route("/logout", logout.logout),
    Route("/login", sign_in.show),
    Route("/login", forms.protected(sign_in.submit), ("POST",)),
    Route("/signup", sign_up.show),
    Route("/signup", forms.protected(sign_up.submit), ("POST",)),
    Route("/confirm", confirm.show),
    Route("/confirm", forms.protected(confirm.submit), ("POST",)),
    Route("/resendcode", forms.protected(resend_code.submit), ("POST",), any_case=True),
    Route("/forgotPassword", forgot_password.show, any_case=True),
    Route("/forgotPassword", forms.protected(forgot_password.submit), ("POST",), any_case=True),
    Route("/confirmForgotPassword", confirm_forgot_password.show, any_case=True),
    Route("/confirmForgotPassword", forms.protected(confirm_forgot_password.submit), ("POST",), any_case=True),
    Route(sign_in.DOMAIN_SEARCH, forms.protected(sign_in.find_provider), ("POST",)),
    Route("/login/password", password.show),
    Route("/login/password", forms.protected(password.submit), ("POST",)),
    Route("/login/passkey", passkeys.show),
    Route("/login/passkey", forms.protected(passkeys.submit), ("POST",)),
    Route("/selectChallenge", choose.show),
    Route("/selectChallenge", forms.protected(choose.submit), ("POST",)),
    Route("/verifyCode", choose.show_code),
    Route("/verifyCode", forms.protected(choose.submit_code), ("POST",)),
    Route("/changePassword", change_password.show),
    Route("/changePassword", forms.protected(change_password.submit), ("POST",)),
    Route("/mfa", mfa.show),
    Route("/mfa", forms.protected(mfa.submit), ("POST",)),
    Route("/mfa/options", mfa_options.show),
    Route("/mfa/options", forms.protected(mfa_options.submit), ("POST",)),
    Route("/mfa/register", mfa_register.show),
    Route("/mfa/totp", forms.protected(mfa_register.verify), ("POST",)),
    Route("/mfa/phone/register", forms.protected(mfa_register.register), ("POST",)),
    Route("/mfa/email/register", forms.protected(mfa_register.register), ("POST",)),
    Route("/mfa/phone/verify", forms.protected(mfa.submit), ("POST",)),
    Route("/mfa/phone/resendCode", forms.protected(mfa.send_again), ("POST",)),
    Route("/mfa/email/resendCode", forms.protected(mfa.send_again), ("POST",)),
    Route("/mfa/back", forms.protected(choose.back), ("POST",)),
    Route("/passkeys/add", passkeys.offer),
    Route("/passkeys/add", forms.protected(passkeys.add), ("POST",)),
    Route("/error", error.show),
    Route("/confirmUser", confirmation.confirm_user, any_case=True),
    Route("/eventFeedback", feedback.event_feedback),
)
