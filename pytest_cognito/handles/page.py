"""A page that a `Browser` has arrived at, with what users do there: sign in, sign up, confirm, reset a password …"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pytest_cognito.handles import arguments, page_codes, page_names
from pytest_cognito.handles.form import CODE, CONFIRMATION, NEW_PASSWORD, PASSWORD, USERNAME, Control, Purpose
from pytest_cognito.handles.page_content import PageContent
from pytest_cognito.handles.redirect import Redirect
from pytest_cognito.kernel.errors import UsageError

if TYPE_CHECKING:
    from pytest_cognito.handles.passkey import Passkey
    from pytest_cognito.handles.user import User

_FAILED = 400
_SIGN_UP = ("/signup",)
_FORGOT = ("/forgotPassword",)


class Page(PageContent):
    """A page of Cognito or of an identity provider, as it was when the browser arrived.

    Each verb does what a user does on this page and gives the page it leads to, or the `Redirect` to the application.
    On a page that it does not fit it raises `UsageError`, which says what is on the page.
    """

    def sign_in(
        self,
        user: User | str,
        password: str | None = None,
        *,
        code: str | None = None,
        passkey: Passkey | None = None,
    ) -> Page | Redirect:
        """Sign in, over as many pages as it takes, until the browser is sent back to the application.

        ``password`` is by default that of the user. A code that is asked for is ``code``, by default the one that was
        sent, or one of the user's software token. With a ``passkey`` the user signs in with that. Where more is asked
        for, such as a new password, or where Cognito refuses, the result is the page that says so.
        """
        from pytest_cognito.handles.page_sign_in import SignIn

        if passkey is not None:
            arguments.check_passkey(passkey)
        return SignIn(self, user, password, code, passkey).run()

    def sign_up(
        self, username: str, password: str | None = None, attributes: Mapping[str, str] | None = None, **more: str
    ) -> Page | Redirect:
        """Sign up, from the page for that or the one for a sign-in; attributes as in ``email="ann@example.com"``."""
        page = self._at("sign_up", _SIGN_UP, lambda page: page.field(NEW_PASSWORD) or page.field(PASSWORD))
        values = {**(attributes or {}), **more}
        name = page.field(USERNAME) or page.known("email") or page.known("phone_number")
        if name is None:
            raise page.unfit("has no field for a user name")
        page.enter(page.all_called(name), username)
        page.browser.username = username
        if password is not None:
            page.enter_new_password(password)
        return page.fill(values).submit()

    def confirm(self, code: str | None = None) -> Page | Redirect:
        """Confirm the account with the code, by default the one that was sent last to the user; or by a link.

        Where a link was sent instead of a code, the browser follows it and goes on from this page.
        """
        link = page_codes.link_sent(self) if code is None and self.name == "confirm" and not self.field(CODE) else None
        if link is None:
            return self.enter_code(code)
        confirmed = self.browser.get(link)
        return confirmed if confirmed.status >= _FAILED else self.submit()

    def enter_code(self, code: str | None = None) -> Page | Redirect:
        """Enter a code, by default the one that was sent last to the user, or one of their software token."""
        field = self.field(CODE)
        if field is None:
            raise self.unfit("asks for no code")
        self.enter(self.all_called(field), code if code is not None else page_codes.expected(self, field))
        return self.submit()

    def reset_password(self, user: User | str, new_password: str, code: str | None = None) -> Page | Redirect:
        """Set a new password with a code that is sent, from the page for that or the one for a sign-in."""
        page = self._for_reset()
        username = page_names.to_enter(user)
        page.browser.username = username
        asked = page.fill_in(USERNAME, username).submit()
        if isinstance(asked, Redirect) or (field := asked.field(CODE)) is None:
            return asked
        asked.enter(asked.all_called(field), code if code is not None else page_codes.expected(asked, field))
        return asked.enter_new_password(new_password).submit()

    def new_password(self, password: str, attributes: Mapping[str, str] | None = None, **more: str) -> Page | Redirect:
        """Set the password that Cognito asks for in place of a temporary one, with attributes that it asks for."""
        if self.field(NEW_PASSWORD) is None and self.field(CONFIRMATION) is None:
            raise self.unfit("asks for no new password")
        return self.enter_new_password(password).fill({**(attributes or {}), **more}).submit()

    def choose(self, factor: str) -> Page | Redirect:
        """Choose one of several ways to sign in, by its value or its label: ``SOFTWARE_TOKEN_MFA``, ``"E-mail"`` …"""
        choices = [control for control in self.controls if control.type == "radio"]
        if choices:
            self.enter(choices, factor)
            return self.submit()
        found = self.find_button(factor)
        if found is None:
            raise self.unfit(f"has no choice {factor!r}")
        return self.send(*found)

    def set_up_totp(self) -> Page | Redirect:
        """Set up a software token: a code of the secret on the page is entered."""
        if page_codes.new_secret(self) is None or self.field(CODE) is None:
            raise self.unfit("sets up no software token")
        return self.enter_code()

    def sign_in_with(
        self,
        provider: str,
        *,
        sub: str,
        email: str | None = None,
        claims: Mapping[str, Any] | None = None,
        deny: bool = False,
        **more: Any,
    ) -> Page | Redirect:
        """Sign in by a simulated identity provider, as the user whom it knows by ``sub``.

        ``claims``, and further keyword arguments, are what the provider says of the user. With ``deny`` they refuse.
        """
        arguments.check_mapping("claims", claims, '{"given_name": "Ann"}')
        if "sub" not in self.fields and not self.offers(provider):
            raise self.unfit(
                f"offers no sign-in with {provider!r}, which is to be a provider of the user pool "
                f"(create_identity_provider) and among the SupportedIdentityProviders of the app client"
            )
        there = self if "sub" in self.fields else self.click(provider)
        if isinstance(there, Redirect):
            raise UsageError(
                f"{provider} is not simulated in this test, so nothing answers {there.location.partition('?')[0]}: "
                f"click({provider!r}) gives the redirect to it"
            )
        if "sub" not in there.fields:
            return there
        values = {"sub": sub, **({} if email is None else {"email": email})}
        all_claims = {**(claims or {}), **more}
        if all_claims:
            values["claims"] = json.dumps(all_claims)
        return there.fill(values).submit("deny" if deny else "allow")

    def register_passkey(self, passkey: Passkey) -> Page | Redirect:
        """Register a passkey, on the page that offers it."""
        arguments.check_passkey(passkey)
        return self.answer_passkey("passkey-create", passkey.create)

    def answer_passkey(self, script: str, answer: Callable[..., Mapping[str, Any]]) -> Page | Redirect:
        """Do what a script does with a passkey: post the answer to the options of its form."""
        form = next((form for form in self.document_forms if form.script == script), None)
        credential = None if form is None else form.hidden("credential")
        if form is None or credential is None:
            raise self.unfit(f"has no form for a passkey ({script})")
        given = json.loads(form.node.get("data-options"))
        options = given.get("publicKey") or given
        party = options.get("rpId") or options.get("rp", {}).get("id")
        host = urlsplit(self.url).hostname or ""
        if party and host != party and not host.endswith(f".{party}"):
            raise UsageError(
                f"a browser refuses passkeys for {party} on a page of {host} (SecurityError): the relying party ID of "
                f"the pool is to be the page's host, or a domain above it"
            )
        credential.value = json.dumps(answer(options, origin=self.origin))
        return self.send(form, next(iter(form.buttons), None))

    def field(self, purpose: Purpose) -> Control | None:
        """The field for a purpose in a form that is shown."""
        return next((found for form in self.forms if (found := form.find(purpose)) is not None), None)

    def known(self, key: str) -> Control | None:
        """The field with a name, a label or an attribute."""
        return next((control for control in self.controls if control.is_known_as(key)), None)

    def all_called(self, control: Control) -> list[Control]:
        """The fields with the name of one: the classic pages have two copies of a form."""
        return [each for each in self.controls if each.name == control.name]

    def fill_in(self, purpose: Purpose, value: str) -> Page:
        """Fill in the field for a purpose."""
        found = self.field(purpose)
        if found is None:
            raise self.unfit(f"has no field {purpose.names[0]!r}")
        self.enter(self.all_called(found), value)
        return self

    def enter_new_password(self, password: str) -> Page:
        """Fill in the fields for a new password: it, and it once more."""
        new = self.field(NEW_PASSWORD) or self.field(PASSWORD)
        if new is None:
            raise self.unfit("has no field for a new password")
        again = [each for each in self.controls if each.type == "password" and NEW_PASSWORD.fits(each)]
        confirmation = self.field(CONFIRMATION)
        for control in [new, *again, *([confirmation] if confirmation is not None else [])]:
            if not CODE.fits(control):
                self.enter(self.all_called(control), password)
        return self

    def _for_reset(self) -> Page:
        """The page on which a code for a new password is asked for."""
        if self.name == "sign-in" and self.field(PASSWORD) is None and self.url.partition("?")[0].endswith("/login"):
            # A page that asks for the name first has no link, which comes with the password.
            page = self.browser.send("GET", self.url.replace("/login", _FORGOT[0], 1), None, self.url)
            return page if isinstance(page, Page) else self
        return self._at("reset_password", _FORGOT, lambda page: page.field(USERNAME) and not page.field(PASSWORD))

    def _at(self, verb: str, paths: tuple[str, ...], fits: Callable[[Page], object]) -> Page:
        """This page, or the one that its link leads to, if that is where the verb belongs."""
        if self.url.partition("?")[0].endswith(paths) or (self.name != "sign-in" and fits(self)):
            return self
        for target in self.targets:
            if target.href.partition("?")[0].endswith(paths):
                page = self.follow(target)
                if isinstance(page, Redirect):
                    break
                return page
        raise self.unfit(f"is not for {verb}")
