"""WEB_AUTHN: sign-in with a passkey by choice (USER_AUTH)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pytest_cognito import Passkey, Triggers
from pytest_cognito.cognito import Cognito, User, UserPool
from tests.support import passkeys
from tests.support.app import Answer, App
from tests.support.functions import unchanged
from tests.support.jwts import claims
from tests.support.passkeys import CREDENTIAL_INVALID, prefer, request_options, respond, with_client_data
from tests.support.refusals import (
    INCORRECT,
    RESET_REQUIRED,
    SESSION_EXPIRED,
    SESSION_INVALID,
    SESSION_USED,
    USER_DISABLED,
    USER_NOT_FOUND,
    Refusal,
    invalid_parameter,
    missing_parameter,
    refusal,
)

KINDS = pytest.mark.parametrize("kind", [{}, {"roaming": True}, {"algorithm": "RS256"}])


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return passkeys.make_pool(cognito)


@pytest.fixture
def passkey(cognito: Cognito, alice: User) -> Passkey:
    """A security key that alice has registered."""
    passkey = cognito.passkey(roaming=True)
    alice.register(passkey)
    return passkey


def refused(app: App, challenge: Answer, credential: object, username: str = "alice") -> Refusal:
    return refusal(respond, app=app, challenge=challenge, credential=credential, username=username)


@KINDS
def test_a_passkey_signs_in_again_and_again(cognito: Cognito, app: App, alice: User, kind: dict[str, Any]) -> None:
    passkey = cognito.passkey(**kind)
    alice.register(passkey)
    for _ in range(2):
        challenge = prefer(app)
        assert challenge["AvailableChallenges"] == ["PASSWORD", "PASSWORD_SRP", "EMAIL_OTP", "WEB_AUTHN"]
        tokens = respond(app, challenge, passkey.get(request_options(challenge)))["AuthenticationResult"]
        assert claims(tokens["AccessToken"])["sub"] == alice.sub
        assert tokens["RefreshToken"]


def test_the_options_are_those_of_a_browser(app: App, passkey: Passkey) -> None:
    first, second = request_options(prefer(app)), request_options(prefer(app))

    assert first.pop("challenge") != second.pop("challenge")
    [allowed] = first.pop("allowCredentials")
    assert (allowed["type"], allowed["transports"]) == ("public-key", ["usb"])
    assert first == {"timeout": 60000, "rpId": "example.com", "userVerification": "preferred"}


def test_a_passkey_is_chosen_among_what_there_is(app: App, passkey: Passkey) -> None:
    select = app.initiate_auth("USER_AUTH", USERNAME="alice")
    assert select["ChallengeName"] == "SELECT_CHALLENGE"
    challenge = app.respond(select, ANSWER="WEB_AUTHN")
    answer = json.dumps(passkey.get(request_options(challenge)))
    choice = {**challenge, "ChallengeName": "SELECT_CHALLENGE"}
    wrong = refusal(app.respond, challenge=choice, ANSWER="PASSWORD", CREDENTIAL=answer)
    assert wrong == invalid_parameter("Invalid challenge selected.")
    assert "AuthenticationResult" in app.respond(choice, ANSWER="WEB_AUTHN", CREDENTIAL=answer)


def test_a_credential_before_there_is_a_challenge(app: App, passkey: Passkey) -> None:
    answer = json.dumps(passkey.get(request_options(prefer(app))))
    select = app.initiate_auth("USER_AUTH", USERNAME="alice")
    assert refusal(app.respond, challenge=select, ANSWER="WEB_AUTHN", CREDENTIAL=answer) == INCORRECT
    assert refusal(app.respond, challenge=select, ANSWER="WEB_AUTHN", CREDENTIAL="{}") == CREDENTIAL_INVALID


def test_by_an_administrator(app: App, passkey: Passkey) -> None:
    challenge = app.admin_initiate_auth("USER_AUTH", USERNAME="alice", PREFERRED_CHALLENGE="WEB_AUTHN")
    answer = json.dumps(passkey.get(request_options(challenge)))
    assert "AuthenticationResult" in app.admin_respond(challenge, CREDENTIAL=answer)


def test_who_has_no_passkey_is_offered_what_they_have(app: App, alice: User) -> None:
    answer = prefer(app)
    assert answer["ChallengeName"] == "SELECT_CHALLENGE"
    assert answer["AvailableChallenges"] == ["PASSWORD", "PASSWORD_SRP", "EMAIL_OTP"]


def test_one_of_several_passkeys(cognito: Cognito, app: App, alice: User, passkey: Passkey) -> None:
    alice.register(cognito.passkey())
    challenge = prefer(app)
    assert len(request_options(challenge)["allowCredentials"]) == 2
    assert "AuthenticationResult" in respond(app, challenge, passkey.get(request_options(challenge)))


def test_no_other_answer_is_right(cognito: Cognito, app: App, passkey: Passkey) -> None:
    bob = app.pool.create_user("bob")
    of_bob = cognito.passkey()
    bob.register(of_bob)
    challenge, of_another = prefer(app), prefer(app)
    options = request_options(challenge)
    wrong = [
        passkey.get(options, origin="https://evil.test"),
        passkey.get(options, origin="http://example.com"),
        passkey.get(options, relying_party="evil.test"),
        passkey.get(options, tampered=True),
        passkey.get(request_options(of_another)),
        of_bob.get(request_options(prefer(app, "bob"))),
        of_bob.get({**options, "allowCredentials": []}),
        with_client_data(passkey.get(options), origin="https://app.example.com"),
        with_client_data(passkey.get(options), type="webauthn.create"),
    ]
    for credential in wrong:
        assert refused(app, challenge, credential) == INCORRECT
    assert "AuthenticationResult" in respond(app, challenge, passkey.get(options))


def test_the_passkey_must_be_of_the_user(app: App, passkey: Passkey) -> None:
    challenge = prefer(app)
    credential = passkey.get(request_options(challenge))
    response = {**credential["response"], "userHandle": passkeys.encode(b"bob")}
    assert refused(app, challenge, {**credential, "response": response}) == INCORRECT
    del response["userHandle"]
    assert "AuthenticationResult" in respond(app, challenge, {**credential, "response": response})


def test_what_is_no_credential(app: App, passkey: Passkey) -> None:
    challenge = prefer(app)
    credential = passkey.get(request_options(challenge))
    for wrong in ("text", None, {**credential, "id": "AAAA"}, {**credential, "response": {}}):
        assert refused(app, challenge, wrong) == CREDENTIAL_INVALID
    for text in ("{", "[" * 100_000):
        assert refusal(app.respond, challenge=challenge, CREDENTIAL=text) == CREDENTIAL_INVALID
    assert refusal(app.respond, challenge=challenge) == missing_parameter("CREDENTIAL")


def test_an_answer_is_good_once(cognito: Cognito, app: App, passkey: Passkey) -> None:
    challenge = prefer(app)
    credential = passkey.get(request_options(challenge))
    respond(app, challenge, credential)
    assert refused(app, challenge, credential) == SESSION_USED
    assert refused(app, prefer(app), credential) == INCORRECT


def test_a_counter_that_does_not_rise(app: App, passkey: Passkey) -> None:
    """A copy of a security key stays behind the one that it was copied from."""
    challenge = prefer(app)
    respond(app, challenge, passkey.get(request_options(challenge), counter=7))
    challenge = prefer(app)
    for counter in (0, 6, 7):
        assert refused(app, challenge, passkey.get(request_options(challenge), counter=counter)) == INCORRECT
    assert "AuthenticationResult" in respond(app, challenge, passkey.get(request_options(challenge), counter=8))


def test_a_session_expires(cognito: Cognito, app: App, passkey: Passkey) -> None:
    challenge = prefer(app)
    cognito.clock.advance(minutes=3, seconds=1)
    assert refused(app, challenge, passkey.get(request_options(challenge))) == SESSION_EXPIRED


def test_user_verification_that_the_pool_asks_for(app: App, passkey: Passkey) -> None:
    challenge = prefer(app)
    assert "AuthenticationResult" in respond(app, challenge, passkey.get(request_options(challenge), verified=False))
    passkeys.configure(app.pool, UserVerification="required")
    challenge = prefer(app)
    options = request_options(challenge)
    assert options["userVerification"] == "required"
    assert refused(app, challenge, passkey.get(options, verified=False)) == INCORRECT
    assert "AuthenticationResult" in respond(app, challenge, passkey.get(options))


def test_another_relying_party_needs_new_passkeys(cognito: Cognito, app: App, alice: User, passkey: Passkey) -> None:
    challenge = prefer(app)
    credential = passkey.get(request_options(challenge))
    passkeys.configure(app.pool, RelyingPartyId="example.net")
    assert refused(app, challenge, credential) == SESSION_INVALID
    assert prefer(app)["ChallengeName"] == "SELECT_CHALLENGE"
    alice.register(passkey)
    assert alice.sign_in(passkey=passkey).claims["sub"] == alice.sub


def test_who_is_kept_out(app: App, passkey: Passkey) -> None:
    challenge = prefer(app)
    credential = passkey.get(request_options(challenge))
    app.admin("admin_disable_user")
    assert refused(app, challenge, credential) == USER_DISABLED
    app.admin("admin_enable_user")
    app.admin("admin_reset_user_password")
    assert refused(app, challenge, credential) == RESET_REQUIRED
    app.pool.call("AdminSetUserPassword", Username="alice", Password="Temp0rary-horse", Permanent=False)
    assert refused(app, challenge, credential) == SESSION_INVALID


def test_a_client_that_hides_who_exists(cognito: Cognito, app: App, passkey: Passkey) -> None:
    hiding = app.with_client(**passkeys.CLIENT, PreventUserExistenceErrors="ENABLED")
    first, second = request_options(prefer(hiding, "nobody")), request_options(prefer(hiding, "nobody"))
    assert first["allowCredentials"] == second["allowCredentials"] != []
    assert first["challenge"] != second["challenge"]
    challenge = prefer(hiding, "nobody")
    credential = passkey.get({**request_options(challenge), "allowCredentials": []})
    assert refused(hiding, challenge, credential, "nobody") == INCORRECT
    app.pool.call("SetUserPoolMfaConfig", MfaConfiguration="OFF")
    assert prefer(hiding, "nobody")["ChallengeName"] == "EMAIL_OTP"
    assert refusal(prefer, app=app, username="nobody") == USER_NOT_FOUND


def test_the_triggers_of_a_sign_in_run(app: App, passkey: Passkey, cognito_triggers: Triggers) -> None:
    names = ("PreAuthentication", "PostAuthentication", "PreTokenGeneration")
    for name in names:
        app.pool.set_trigger(name, unchanged)
    app.pool.user("alice").sign_in(passkey=passkey)
    assert tuple(one.trigger for one in cognito_triggers) == names
