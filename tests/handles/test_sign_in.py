"""A user's sign-in by a handle: at which client, and with which second factor."""

from __future__ import annotations

import pyotp
import pytest

from pytest_cognito import AWSError, Clock, Cognito, Outbox, Triggers, UsageError, User, UserPool
from tests.support import mfa

BOTH_FLOWS = pytest.mark.parametrize("flow", ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_USER_PASSWORD_AUTH"])
FACTORS = pytest.mark.parametrize("factor", [mfa.SMS_MFA, mfa.EMAIL_OTP])


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    """A pool where every second factor may be turned on, and alice."""
    pool = mfa.make_pool(cognito, "OPTIONAL", *mfa.FACTORS)
    pool.create_user("alice", attributes=mfa.ADDRESSES)
    return pool


@pytest.fixture
def alice(pool: UserPool) -> User:
    return pool.user("alice")


@pytest.fixture
def authenticator(alice: User) -> pyotp.TOTP:
    """The authenticator app of alice; its code of two minutes ago was used to register it."""
    token = alice.tokens().access_token
    cognito = Cognito(alice.pool.world)
    totp = pyotp.TOTP(cognito.call("AssociateSoftwareToken", AccessToken=token)["SecretCode"])
    cognito.call("VerifySoftwareToken", AccessToken=token, UserCode=totp.at(cognito.clock.now()))
    mfa.turn_on(alice.pool, mfa.TOTP)
    cognito.clock.advance(minutes=2)
    return totp


def test_at_another_client(pool: UserPool, alice: User) -> None:
    first, second = pool.client, pool.create_client(GenerateSecret=True)

    assert alice.sign_in().claims["client_id"] == first.id
    assert alice.sign_in(client=second).claims["client_id"] == second.id
    assert alice.tokens(client=second).id_claims["aud"] == second.id


def test_at_the_client_of_another_pool(cognito: Cognito, alice: User) -> None:
    elsewhere = cognito.create_user_pool().client

    with pytest.raises(AWSError, match="ResourceNotFoundException"):
        alice.sign_in(client=elsewhere)


@BOTH_FLOWS
@FACTORS
def test_the_code_that_was_sent(pool: UserPool, alice: User, factor: str, flow: str) -> None:
    mfa.turn_on(pool, factor)
    client = pool.create_client(ExplicitAuthFlows=[flow, "ALLOW_REFRESH_TOKEN_AUTH"], GenerateSecret=True)

    assert alice.sign_in(client=client).claims["username"] == "alice"


@FACTORS
def test_another_code_than_the_one_that_was_sent(
    pool: UserPool, alice: User, factor: str, cognito_outbox: Outbox
) -> None:
    mfa.turn_on(pool, factor)

    with pytest.raises(AWSError, match="CodeMismatchException"):
        alice.sign_in(code="no")

    assert cognito_outbox.last().code != "no"


@BOTH_FLOWS
def test_a_code_of_the_authenticator(
    pool: UserPool, alice: User, authenticator: pyotp.TOTP, cognito_clock: Clock, flow: str
) -> None:
    client = pool.create_client(ExplicitAuthFlows=[flow, "ALLOW_REFRESH_TOKEN_AUTH"])
    code = authenticator.at(cognito_clock.now())

    assert alice.sign_in(code=code, client=client).claims["username"] == "alice"
    with pytest.raises(AWSError, match="ExpiredCodeException: Your software token has already been used once"):
        alice.sign_in(code=code, client=client)


@pytest.mark.usefixtures("authenticator", "time_stands_still")
def test_without_a_code_one_of_the_software_token_is_taken(alice: User, cognito_clock: Clock) -> None:
    """There are three that are good at a time, each of them once."""
    for _ in range(3):
        assert alice.sign_in().claims["username"] == "alice"

    with pytest.raises(UsageError, match=r"move the clock with cognito.clock.advance\(seconds=30\)"):
        alice.sign_in()

    cognito_clock.advance(seconds=30)
    assert alice.sign_in().claims["username"] == "alice"


def test_of_several_factors_a_code_is_that_of_the_authenticator(
    pool: UserPool, alice: User, authenticator: pyotp.TOTP, cognito_clock: Clock, cognito_outbox: Outbox
) -> None:
    mfa.turn_on(pool, mfa.EMAIL_OTP)

    assert alice.sign_in(code=authenticator.at(cognito_clock.now())).claims["username"] == "alice"
    assert len(cognito_outbox) == 0


def test_of_several_factors_without_a_code(pool: UserPool, alice: User) -> None:
    mfa.turn_on(pool, mfa.EMAIL_OTP)
    mfa.turn_on(pool, mfa.SMS_MFA)

    assert alice.sign_in().claims["username"] == "alice"


def test_a_code_that_nobody_asks_for(alice: User) -> None:
    with pytest.raises(UsageError, match="asked alice for no code, so code='123456' was not used"):
        alice.sign_in(code="123456")


def test_the_metadata_reaches_the_triggers_of_the_answer(
    pool: UserPool, alice: User, cognito_triggers: Triggers
) -> None:
    mfa.turn_on(pool, mfa.EMAIL_OTP)
    pool.set_trigger("PostAuthentication", lambda event, _: event)

    alice.sign_in(metadata={"from": "web"})

    assert cognito_triggers.last("PostAuthentication").event["request"]["clientMetadata"] == {"from": "web"}
