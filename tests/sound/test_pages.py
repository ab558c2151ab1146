"""Whatever two browsers post to the pages of a sign-in, in whatever order: the application gets a code for a user only
from a browser in which that user has proven, within five minutes, everything that they are asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytest_cognito import Cognito, mock_cognito
from tests.support import mfa, pages
from tests.support.choice import first_factors
from tests.support.pages import BASE, MANAGED, Browser, Site, query
from tests.support.settings import SMS

SETTINGS = settings(max_examples=settings().max_examples // 8, suppress_health_check=list(HealthCheck))
USERS = ("alice", "bob")
"""Alice has a second factor, bob has none. Both can sign in by a code instead of a password."""
ATTEMPT, SESSION = 300, 3600
FORMS = {
    "name": ("/login", ["username"]),
    "password": ("/login", ["username", "password"]),
    "chosen": ("/login/password", ["password"]),
    "answer": ("/selectChallenge", ["answer"]),
    "code": ("/mfa", ["authentication_code"]),
    "back": ("/mfa/back", []),
    "strange": ("/changePassword", ["password", "authentication_code"]),
}
"""Where each action posts to, and what is in its form."""
FITTING = {
    "/login": "password",
    "/mfa": "code",
    "/selectChallenge": "answer",
    "/verifyCode": "code",
    "/login/password": "chosen",
}
"""What the user does on a page."""
STEP = st.tuples(
    st.integers(0, 1),
    st.one_of(st.just("what fits"), st.sampled_from(["open", "wait", *FORMS])),
    st.sampled_from(USERS),
    st.sampled_from(["right", "right", "wrong", "of another browser"]),
)


@dataclass
class Person:
    """A browser: when whose password was entered in it, what came last, which codes were sent for it, and who is in."""

    browser: Browser = field(default_factory=Browser)
    password: dict[str, int] = field(default_factory=dict)
    entered: tuple[str, str] = ("", "")
    sent: dict[str, str] = field(default_factory=dict)
    signed_in: dict[str, int] = field(default_factory=dict)


class Room:
    """Two browsers in front of one site. ``now`` counts seconds."""

    def __init__(self, cognito: Cognito) -> None:
        self.cognito, self.now, self.codes = cognito, 0, 0
        pool = pages.make_pool(cognito, MANAGED, SmsConfiguration=SMS, **first_factors("PASSWORD", "EMAIL_OTP"))
        pool.create_user("bob", email="bob@example.com")
        mfa.configure(pool, "OPTIONAL", mfa.SMS_MFA)
        mfa.turn_on(pool, mfa.SMS_MFA)
        self.site: Site = pages.make_client(pool, ExplicitAuthFlows=["ALLOW_USER_AUTH"])
        self.people = (Person(), Person())

    def step(self, who: int, action: str, user: str, how: str) -> None:
        if action == "wait":
            self.now += 200
            self.cognito.clock.advance(seconds=200)
            return
        person, other = self.people[who], self.people[1 - who]
        before, person.entered = len(self.cognito.outbox), ("", "")
        shown = self._act(person, other, action, user, how)
        for message in list(self.cognito.outbox)[before:]:
            name = "alice" if message.to in pages.ADDRESSES.values() else "bob"
            person.sent[name] = str(message.code)
        if shown.code:
            self._check(person, pages.user_of(self.site, shown.code))

    def _act(self, person: Person, other: Person, action: str, user: str, how: str) -> pages.Shown:
        if action == "what fits":
            action = FITTING.get(person.browser.shown.path if person.browser.shown else "", "open")
        if action == "open":
            return person.browser.open(f"{BASE}/oauth2/authorize", **query(self.site))
        entered = {"username": user, "password": "Wrong1234!", "authentication_code": "000000", "answer": "EMAIL_OTP"}
        if action in ("password", "chosen") and how == "right":
            entered["password"] = self.site.password(user)
            person.entered, person.password[user] = (user, "password"), self.now
        if action == "code" and how != "wrong":
            entered["authentication_code"] = (person if how == "right" else other).sent.get(user, "000000")
            if entered["authentication_code"] == person.sent.get(user):
                person.entered = (user, "code")
        path, fields = FORMS[action]
        if action == "code" and person.browser.shown and "/verifyCode" in person.browser.page.url:
            path = "/verifyCode"
        return person.browser.post(path, query(self.site), **{name: entered[name] for name in fields})

    def _check(self, person: Person, user: str) -> None:
        """Alice ends with a code, after her password; Bob with a password or a code; or the browser was signed in."""
        self.codes += 1
        password = self.now - person.password.get(user, -ATTEMPT) < ATTEMPT
        proven = person.entered == (user, "code") and password if user == "alice" else person.entered[0] == user
        if proven:
            person.signed_in = {user: self.now}
        assert self.now - person.signed_in.get(user, -SESSION) < SESSION, f"{user} has not proven who they are"


@SETTINGS
@given(st.lists(STEP, min_size=4, max_size=14))
def test_a_code_is_for_a_user_who_has_proven_who_they_are(steps: list[tuple[int, str, str, str]]) -> None:
    with mock_cognito() as cognito:
        room = Room(cognito)
        for step in steps:
            room.step(*step)


def test_the_steps_lead_somewhere() -> None:
    alice = [(0, "password", "alice", "right"), (1, "password", "alice", "right"), (0, "code", "alice", "right")]
    bob = [(1, "name", "bob", "right"), (1, "answer", "bob", "right"), (1, "code", "bob", "right")]
    with mock_cognito() as cognito:
        room = Room(cognito)
        for step in (*alice, (1, "code", "alice", "of another browser"), *bob, (0, "open", "alice", "right")):
            room.step(*step)

    assert room.codes == 3
