"""The sign-in of a user on the pages of a domain, over as many of them as it takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from pytest_cognito.handles import page_codes, page_names
from pytest_cognito.handles.form import CODE, CONFIRMATION, PASSWORD, USERNAME
from pytest_cognito.handles.redirect import Redirect
from pytest_cognito.kernel.errors import UsageError

if TYPE_CHECKING:
    from pytest_cognito.handles.page import Page
    from pytest_cognito.handles.passkey import Passkey
    from pytest_cognito.handles.user import User

Step: TypeAlias = "Callable[[Page], Page | Redirect]"

_MOST_PAGES = 12
_NOT_PART_OF_IT = frozenset(
    (
        "add-passkey",
        "change-password",
        "confirm",
        "confirm-forgot-password",
        "forgot-password",
        "new-password",
        "set-up-mfa",
        "set-up-totp",
        "sign-up",
    )
)
"""Pages that a sign-in may come to and that ask for what it does not know."""
_BACK = "/mfa/back"
_BY_PASSKEY = ("WEB_AUTHN",)
_BY_PASSWORD = ("PASSWORD", "PASSWORD_SRP")
_BY_CODE = ("EMAIL_OTP", "SMS_OTP")
_TOTP = "SOFTWARE_TOKEN_MFA"


class SignIn:
    """A sign-in that begins on a page."""

    def __init__(
        self, page: Page, user: User | str, password: str | None, code: str | None, passkey: Passkey | None
    ) -> None:
        self._page = page
        self._username = page_names.to_enter(user)
        self._password = password if password is not None or isinstance(user, str) else user.password
        self._code = code
        self._passkey = passkey

    def run(self) -> Page | Redirect:
        """Go on from page to page while it is known what to enter, and until Cognito refuses."""
        page, step = self._page, self._step(self._page)
        if step is None:
            raise page.unfit("is not for a sign-in")
        for _ in range(_MOST_PAGES):
            arrived = step(page)
            if isinstance(arrived, Redirect) or arrived.error:
                return arrived
            following = self._step(arrived)
            if following is None:
                return arrived
            page, step = arrived, following
        raise UsageError(f"the sign-in of {self._username} comes to no end: it has come to {page!r}")

    def _step(self, page: Page) -> Step | None:
        """What is done on a page; None if it is not a page of a sign-in."""
        if page.name in _NOT_PART_OF_IT:
            return None
        if any(form.script == "passkey-get" for form in page.document_forms):
            passkey = self._passkey
            if passkey is None:
                return self._other_way(page)
            return lambda page: page.answer_passkey("passkey-get", passkey.get)
        if page.field(USERNAME) is not None or (page.field(PASSWORD) is not None and page.field(CONFIRMATION) is None):
            return self._enter_credentials
        if page.field(CODE) is not None:
            return self._enter_code
        return self._choose if self._choices(page) else None

    @staticmethod
    def _other_way(page: Page) -> Step | None:
        """Back to the choice from a page that asks for a passkey."""
        for form in page.forms:
            if form.action.partition("?")[0].endswith(_BACK) and form.buttons:
                return lambda page: page.send(form, form.buttons[0])
        return None

    def _enter_credentials(self, page: Page) -> Page | Redirect:
        if page.field(USERNAME) is not None:
            page.fill_in(USERNAME, self._username)
            page.browser.username = self._username
        if page.field(PASSWORD) is not None:
            if self._password is None:
                raise UsageError(
                    f"the page asks for the password of {self._username}, which is not known: write "
                    f"sign_in({self._username!r}, password)"
                )
            page.fill_in(PASSWORD, self._password)
        return page.submit()

    def _enter_code(self, page: Page) -> Page | Redirect:
        return page.enter_code(self._code)

    def _choose(self, page: Page) -> Page | Redirect:
        choices = self._choices(page)
        if self._passkey is not None:
            wanted: tuple[str, ...] = _BY_PASSKEY
        elif self._code is not None or self._password is None:
            wanted = (_TOTP, *_BY_CODE, *_BY_PASSWORD)
        else:
            wanted = (*_BY_PASSWORD, _TOTP) if self._has_software_token(page) else _BY_PASSWORD
        return page.choose(next((each for each in wanted if each in choices), choices[0]))

    @staticmethod
    def _has_software_token(page: Page) -> bool:
        user = page_codes.user_of(page)
        return user is not None and user.mfa.secret is not None

    @staticmethod
    def _choices(page: Page) -> list[str]:
        """The values of what can be chosen on a page."""
        radios = [control.value for control in page.controls if control.type == "radio"]
        buttons = [each.value for form in page.forms for each in form.buttons if each.value.isupper()]
        return radios or buttons
