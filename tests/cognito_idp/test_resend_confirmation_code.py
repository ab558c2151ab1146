"""ResendConfirmationCode."""

from __future__ import annotations

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from pytest_cognito.kernel.clock import Clock
from pytest_cognito.kernel.outbox import Outbox
from tests.support.addresses import EMAIL, PHONE
from tests.support.app import App, MakeApp
from tests.support.codes import last_code
from tests.support.refusals import (
    ATTEMPT_LIMIT,
    CODE_MISMATCH,
    USER_OF_CLIENT_NOT_FOUND,
    invalid_parameter,
    not_authorized,
    refusal,
)
from tests.support.settings import VERIFY


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return cognito.create_user_pool(**VERIFY)


def test_a_resent_code_confirms_and_the_first_is_void(app: App, cognito_outbox: Outbox) -> None:
    app.sign_up("alice", EMAIL)
    first = last_code(cognito_outbox)
    answer = app.public("resend_confirmation_code")
    assert answer["CodeDeliveryDetails"] == {
        "Destination": "a***@e***",
        "DeliveryMedium": "EMAIL",
        "AttributeName": "email",
    }
    second = last_code(cognito_outbox)
    assert first != second
    assert refusal(app.confirm, username="alice", code=first) == CODE_MISMATCH
    app.confirm("alice", second)


def test_a_resent_code_goes_to_the_phone_first(app: App, cognito_outbox: Outbox) -> None:
    app.sign_up("alice", {**EMAIL, **PHONE})
    details = app.public("resend_confirmation_code")["CodeDeliveryDetails"]
    assert (details["AttributeName"], cognito_outbox.last().to) == ("phone_number", PHONE["phone_number"])


def test_a_resent_code_is_good_for_a_day_of_its_own(app: App, cognito_outbox: Outbox, cognito_clock: Clock) -> None:
    app.sign_up("alice", EMAIL)
    cognito_clock.advance(hours=23)
    app.public("resend_confirmation_code")
    cognito_clock.advance(hours=23)
    app.confirm("alice", last_code(cognito_outbox))
    assert app.status() == "CONFIRMED"


def test_five_resends_an_hour(app: App, cognito_outbox: Outbox, cognito_clock: Clock) -> None:
    app.sign_up("alice", EMAIL)
    for _ in range(5):
        app.public("resend_confirmation_code")
    assert refusal(app.public, operation="resend_confirmation_code") == ATTEMPT_LIMIT
    assert len(cognito_outbox) == 6
    cognito_clock.advance(hours=1)
    app.public("resend_confirmation_code")


def test_a_confirmed_user_gets_no_other_code(app: App, cognito_outbox: Outbox) -> None:
    app.confirmed("alice", EMAIL)
    assert refusal(app.public, operation="resend_confirmation_code") == invalid_parameter("User is already confirmed.")
    assert len(cognito_outbox) == 0


@pytest.mark.parametrize("client", [{}, {"PreventUserExistenceErrors": "ENABLED"}])
@pytest.mark.parametrize("username", ["alice", "nobody"])
def test_a_pool_that_verifies_nothing_resends_nothing(make_app: MakeApp, client: dict[str, str], username: str) -> None:
    app = make_app(client)
    app.sign_up("alice", EMAIL)
    refused = refusal(app.public, operation="resend_confirmation_code", username=username)
    if username == "nobody" and not client:
        assert refused == USER_OF_CLIENT_NOT_FOUND
    else:
        assert refused == not_authorized("Cannot resend codes. Auto verification not turned on.")


@pytest.mark.parametrize(
    ("verified", "medium"), [(["email"], "EMAIL"), (["phone_number"], "SMS"), (["email", "phone_number"], "SMS")]
)
def test_to_an_unknown_user_a_code_is_resent_in_pretence(
    make_app: MakeApp, cognito_outbox: Outbox, verified: list[str], medium: str
) -> None:
    settings = {**VERIFY, "AutoVerifiedAttributes": verified}
    app = make_app({"PreventUserExistenceErrors": "ENABLED"}, **settings)
    details = app.public("resend_confirmation_code", "nobody")["CodeDeliveryDetails"]
    assert details["DeliveryMedium"] == medium
    assert details == app.public("resend_confirmation_code", "nobody")["CodeDeliveryDetails"]
    assert len(cognito_outbox) == 0
