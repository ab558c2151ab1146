"""Step-up where users have passkeys: a passkey alone is level 3."""

from __future__ import annotations

import pytest

from pytest_cognito import Passkey
from pytest_cognito.cognito import Cognito, User, UserPool
from tests.support import passkeys
from tests.support.app import PASSWORD, Answer, App
from tests.support.passkeys import request_options, respond
from tests.support.refusals import invalid_parameter, refusal
from tests.support.step_up import LOA1, LOA2, LOA3, LOA4, aim, proof, tokens

UNREACHABLE = invalid_parameter("User does not have the factors for any of the requested ACR values.")


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return passkeys.make_pool(cognito)


@pytest.fixture
def passkey(cognito: Cognito, alice: User) -> Passkey:
    """The passkey of alice's phone."""
    passkey = cognito.passkey()
    alice.register(passkey)
    return passkey


def proven(app: App, challenge: Answer, passkey: Passkey) -> Answer:
    return tokens(respond(app, challenge, passkey.get(request_options(challenge))))


@pytest.mark.parametrize(("roaming", "method"), [(False, "swk"), (True, "hwk")])
def test_a_passkey_is_level_3(cognito: Cognito, app: App, alice: User, roaming: bool, method: str) -> None:
    passkey = cognito.passkey(roaming=roaming)
    alice.register(passkey)
    asked = aim(app, LOA3)
    assert asked["AvailableChallenges"] == ["PASSWORD", "PASSWORD_SRP", "WEB_AUTHN"]
    chosen = app.respond(asked, ANSWER="WEB_AUTHN")
    assert proof(proven(app, chosen, passkey)) == (LOA3, [method])


def test_a_passkey_is_neither_less_nor_more(app: App, alice: User, passkey: Passkey) -> None:
    assert aim(app, LOA1)["AvailableChallenges"] == ["PASSWORD", "PASSWORD_SRP"]
    assert aim(app, LOA2)["ChallengeName"] == "EMAIL_OTP"
    assert refusal(aim, app=app, TARGET_ACR_VALUES=LOA4) == UNREACHABLE


def test_a_user_who_has_nothing_else(cognito: Cognito, app: App, pool: UserPool) -> None:
    bob, passkey = pool.create_user("bob"), cognito.passkey()
    bob.register(passkey)
    challenge = aim(app, LOA3, username="bob")
    assert challenge["ChallengeName"] == "WEB_AUTHN"
    credential = passkey.get(request_options(challenge))
    assert proof(tokens(respond(app, challenge, credential, username="bob"))) == (LOA3, ["swk"])


def test_a_passkey_on_top_of_a_password(app: App, alice: User, passkey: Passkey) -> None:
    current = tokens(aim(app, LOA1, PREFERRED_CHALLENGE="PASSWORD", PASSWORD=PASSWORD))
    given = {"ACCESS_TOKEN": current["AccessToken"], "PREFERRED_CHALLENGE": "WEB_AUTHN"}
    challenge = aim(app, LOA3, **given)
    assert challenge["ChallengeName"] == "WEB_AUTHN"
    assert proof(proven(app, challenge, passkey)) == (LOA3, ["pwd", "swk", "mfa"])
