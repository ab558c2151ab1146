"""Point-in-time recoveries: their states, their limits, and what they pause."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from unittest.mock import ANY

import pyotp
import pytest

from pytest_cognito.cognito import Cognito
from pytest_cognito.kernel.clock import Clock
from tests.support.app import NEW_PASSWORD, PASSWORD, App, MakeApp
from tests.support.choice import choice_app, start
from tests.support.imports import ROLE, VERIFIED, Import, file, header, row
from tests.support.mfa import MakeMfaApp
from tests.support.recoveries import Recovery
from tests.support.refusals import PAGINATION_TOKEN_INVALID, RESET_REQUIRED, Refusal, invalid_parameter, refusal
from tests.support.threats import FULL, block_compromised

pytestmark = pytest.mark.needs("InitiatePointInTimeRecovery")
NO_ID = "00000000-0000-0000-0000-000000000000"
PAUSED = Refusal(
    "OperationNotEnabledException", "Write operations are paused while a recovery of the user pool is in progress."
)


@pytest.fixture
def clock(cognito: Cognito) -> Clock:
    return cognito.clock


@pytest.fixture
def app(make_app: MakeApp, clock: Clock) -> App:
    """A pool that is two hours old, with ann in a group."""
    app = make_app(**VERIFIED)
    app.pool.create_user("ann", email="ann@example.com", groups=["staff"])
    clock.advance(hours=2)
    return app


def refused(app: App, operation: str, **parameters: Any) -> Refusal:
    """What an operation is refused with that stubs of boto3 need not know yet."""
    return refusal(getattr(app.idp, operation), **parameters)


def begin(app: App, ago: dt.timedelta) -> Refusal:
    moment = app.pool.world.clock.now() - ago
    return refused(app, "initiate_point_in_time_recovery", UserPoolId=app.pool_id, RestoreTimestamp=moment)


def test_a_recovery_goes_on_as_it_is_looked_at(app: App, clock: Clock) -> None:
    moment = clock.now() - dt.timedelta(hours=1)
    begun = app.call("initiate_point_in_time_recovery", UserPoolId=app.pool_id, RestoreTimestamp=moment)["Restoration"]
    recovery = Recovery(app, begun["RestoreId"])

    assert begun == {
        "RestoreId": ANY,
        "RestoreStatus": "PREVIEW_GENERATING",
        "RestoreTimestamp": moment,
        "TriggerTimestamp": ANY,
    }
    described = recovery.call("describe")
    nothing = {"CreateCount": 0, "UpdateCount": 0, "DeleteCount": 0}
    assert described == {
        **begun,
        "RestoreStatus": "PREVIEW_GENERATED",
        "RestorePreview": [{"Entity": each, **nothing} for each in ("Users", "Groups", "User MFAs", "Passkeys")],
    }
    assert recovery.call("start")["RestoreStatus"] == "RESTORING"
    assert recovery.call("describe")["RestoreStatus"] == "RESTORE_COMPLETED"


def test_a_minute_does_it_without_a_look(app: App, clock: Clock) -> None:
    recovery = Recovery.begin(app)
    clock.advance(minutes=1)
    assert recovery.call("start")["RestoreStatus"] == "RESTORING"
    clock.advance(minutes=1)
    app.create("bob")

    assert recovery.call("describe")["RestoreStatus"] == "RESTORE_COMPLETED"


def test_a_preview_expires_after_a_day(app: App, clock: Clock) -> None:
    recovery = Recovery.begin(app)
    clock.advance(hours=24)
    app.create("bob")

    assert recovery.call("describe")["RestoreStatus"] == "PREVIEW_EXPIRED"
    assert refused(
        app, "start_point_in_time_recovery", UserPoolId=app.pool_id, RestoreId=recovery.id
    ) == invalid_parameter(f"Recovery {recovery.id} cannot be started: its status is PREVIEW_EXPIRED.")


def test_a_cancelled_recovery_changes_nothing(app: App, clock: Clock) -> None:
    app.create("bob")
    recovery = Recovery.begin(app)

    assert recovery.call("cancel")["RestoreStatus"] == "PREVIEW_CANCELLED"
    assert [user.username for user in app.pool.users] == ["ann", "bob"]
    app.create("cid")
    again = refused(app, "cancel_point_in_time_recovery", UserPoolId=app.pool_id, RestoreId=recovery.id)
    assert again == invalid_parameter(f"Recovery {recovery.id} cannot be canceled: its status is PREVIEW_CANCELLED.")


def test_a_recovery_is_started_after_its_preview_and_not_cancelled_any_more(app: App) -> None:
    recovery = Recovery.begin(app)
    where = {"UserPoolId": app.pool_id, "RestoreId": recovery.id}
    assert refused(app, "start_point_in_time_recovery", **where).code == "InvalidParameterException"
    recovery.call("describe")
    recovery.call("start")

    assert refused(app, "cancel_point_in_time_recovery", **where).code == "InvalidParameterException"
    assert refused(app, "start_point_in_time_recovery", **where).code == "InvalidParameterException"


def test_recoveries_are_listed_newest_first_without_previews(app: App) -> None:
    recoveries = [Recovery.begin(app)]
    recoveries[0].call("cancel")
    recoveries.append(Recovery.begin(app))
    ask = {"UserPoolId": app.pool_id, "MaxResults": 1}
    first = app.call("list_point_in_time_recoveries", **ask)
    second = app.call("list_point_in_time_recoveries", **ask, NextToken=first["NextToken"])

    assert first["Restorations"] == [
        {"RestoreId": recoveries[1].id, "RestoreStatus": "PREVIEW_GENERATED", "RestoreTimestamp": ANY}
    ]
    assert [each["RestoreId"] for each in second["Restorations"]] == [recoveries[0].id]
    assert "NextToken" not in second
    assert refused(app, "list_point_in_time_recoveries", **ask, NextToken="none") == PAGINATION_TOKEN_INVALID


@pytest.mark.parametrize("verb", ["describe", "start", "cancel"])
def test_a_recovery_that_is_not_there(app: App, verb: str) -> None:
    missing = refused(app, f"{verb}_point_in_time_recovery", UserPoolId=app.pool_id, RestoreId=NO_ID)
    assert missing == Refusal("ResourceNotFoundException", f"Recovery {NO_ID} does not exist.")


def test_how_far_back_a_recovery_can_go(app: App, clock: Clock) -> None:
    assert begin(app, dt.timedelta(minutes=14)).message == "RestoreTimestamp must be at least 15 minutes in the past."
    assert "creation of the user pool" in begin(app, dt.timedelta(hours=3)).message
    clock.advance(days=2)
    beyond = "RestoreTimestamp is not within the recovery period of the ESSENTIALS pricing tier."
    assert begin(app, dt.timedelta(hours=25)) == invalid_parameter(beyond)
    app.call("update_user_pool", UserPoolId=app.pool_id, UserPoolTier="PLUS", **VERIFIED)
    assert begin(app, dt.timedelta(hours=25)) == invalid_parameter(beyond)
    clock.advance(days=14)
    assert "PLUS" in begin(app, dt.timedelta(days=14, minutes=1)).message
    assert Recovery.begin(app, clock.now() - dt.timedelta(days=13)).counts() == {}


@pytest.mark.parametrize(
    "call",
    [
        lambda app: begin(app, dt.timedelta(hours=1)),
        lambda app: refused(app, "list_point_in_time_recoveries", UserPoolId=app.pool_id),
        lambda app: refused(app, "describe_point_in_time_recovery", UserPoolId=app.pool_id, RestoreId=NO_ID),
        lambda app: refused(app, "start_point_in_time_recovery", UserPoolId=app.pool_id, RestoreId=NO_ID),
        lambda app: refused(app, "cancel_point_in_time_recovery", UserPoolId=app.pool_id, RestoreId=NO_ID),
    ],
)
def test_a_pool_on_lite_has_none(make_app: MakeApp, call: Callable[[App], Refusal]) -> None:
    assert call(make_app(UserPoolTier="LITE")).code == "FeatureUnavailableInTierException"


def test_one_recovery_of_a_pool_is_active(app: App) -> None:
    Recovery.begin(app)

    assert begin(app, dt.timedelta(hours=1)).code == "ConcurrentModificationException"


def test_five_recoveries_of_an_account_are_active(make_app: MakeApp, clock: Clock) -> None:
    apps = [make_app() for _ in range(6)]
    clock.advance(hours=2)
    for app in apps[:5]:
        Recovery.begin(app)

    assert begin(apps[5], dt.timedelta(hours=1)).code == "LimitExceededException"


def test_three_previews_of_a_pool_a_day_and_ten_a_month(app: App, clock: Clock) -> None:
    for day in (3, 3, 3, 1):
        for _ in range(day):
            Recovery.begin(app).call("cancel")
        if day == 3:
            assert begin(app, dt.timedelta(hours=1)).code == "LimitExceededException"
        clock.advance(hours=24)

    assert begin(app, dt.timedelta(hours=1)).code == "LimitExceededException"
    clock.advance(days=28)
    Recovery.begin(app)


def test_one_recovery_of_a_pool_is_completed_a_day(app: App, clock: Clock) -> None:
    Recovery.run(app, clock.now() - dt.timedelta(hours=1))
    clock.advance(hours=23)
    assert begin(app, dt.timedelta(hours=1)).code == "LimitExceededException"
    clock.advance(hours=1)
    Recovery.begin(app)


def test_not_while_users_are_imported(app: App) -> None:
    job = Import.of(app, row("bob"))
    assert begin(app, dt.timedelta(hours=1)).code == "ConcurrentModificationException"
    job.ended()
    second = Import.create(app)
    second.upload(file(header(app), row("cid")))
    Recovery.begin(app)

    assert refusal(app.idp.start_user_import_job, UserPoolId=app.pool_id, JobId=second.id) == PAUSED
    create = app.idp.create_user_import_job
    assert refusal(create, UserPoolId=app.pool_id, JobName="users", CloudWatchLogsRoleArn=ROLE) == PAUSED


def test_what_is_paused(app: App) -> None:
    app.create("new", {"email": "new@example.com"}, TemporaryPassword="Correct-horse-7")
    challenge = app.begin("new")
    token = app.pool.user("ann").tokens().access_token
    before = app.users()
    recovery = Recovery.begin(app)
    user = {"UserPoolId": app.pool_id, "Username": "ann"}
    name = [{"Name": "name", "Value": "Ann"}]
    for operation, parameters in (
        ("sign_up", {"ClientId": app.client_id, "Username": "bob", "Password": "Correct-horse-7"}),
        ("admin_create_user", {"UserPoolId": app.pool_id, "Username": "bob"}),
        ("admin_delete_user", user),
        ("admin_disable_user", user),
        ("admin_update_user_attributes", {**user, "UserAttributes": name}),
        ("update_user_attributes", {"AccessToken": token, "UserAttributes": name}),
        ("admin_set_user_password", {**user, "Password": NEW_PASSWORD}),
        ("admin_remove_user_from_group", {**user, "GroupName": "staff"}),
        ("create_group", {"UserPoolId": app.pool_id, "GroupName": "other"}),
        ("delete_group", {"UserPoolId": app.pool_id, "GroupName": "staff"}),
    ):
        assert refusal(getattr(app.idp, operation), **parameters) == PAUSED, operation
    assert refusal(app.respond, challenge=challenge, username="new", NEW_PASSWORD=NEW_PASSWORD) == PAUSED
    recovery.call("cancel")
    assert app.users() == before


def test_an_answer_with_the_code_of_a_software_token_is_paused(make_mfa_app: MakeMfaApp, clock: Clock) -> None:
    app = make_mfa_app("ON", "SOFTWARE_TOKEN_MFA")
    app.pool.create_user("ann")
    clock.advance(hours=2)
    setup = app.begin("ann")
    answer = app.call("associate_software_token", Session=setup["Session"])
    code = pyotp.TOTP(answer["SecretCode"]).at(clock.now())
    Recovery.begin(app)

    assert refusal(app.idp.verify_software_token, Session=answer["Session"], UserCode=code) == PAUSED


def test_what_goes_on(app: App, make_app: MakeApp) -> None:
    job = Import.of(app, row("bob", password_hash="16$8$1$00$" + "ab" * 64), PasswordHashingAlgorithm="SCRYPT")
    job.ended()
    Recovery.begin(app)
    tokens = app.sign_in("ann")

    assert app.refresh(tokens["RefreshToken"])["AccessToken"]
    assert [user["Username"] for user in app.users()] == ["ann", "bob"]
    assert refusal(app.begin, username="bob").code == "NotAuthorizedException"
    app.call("create_user_pool_client", UserPoolId=app.pool_id, ClientName="another")
    make_app().create("bob")


def test_codes_and_threat_protection_go_on(cognito: Cognito, make_app: MakeApp, clock: Clock) -> None:
    app = choice_app(make_app, UserPoolAddOns=FULL)
    app.pool.create_user("ann", email="ann@example.com", email_verified="false")
    clock.advance(hours=2)
    recovery = Recovery.begin(app)
    challenge = start(app, "ann", "EMAIL_OTP")
    code = str(cognito.outbox.last(to="ann@example.com").code)
    assert "AuthenticationResult" in app.respond(challenge, "ann", EMAIL_OTP_CODE=code)
    assert app.attributes("ann")["email_verified"] == "false"

    block_compromised(app)
    cognito.threats.compromise(password=PASSWORD)
    assert refusal(start, app=app, username="ann", preferred="PASSWORD", PASSWORD=PASSWORD) == RESET_REQUIRED
    assert app.status("ann") == "CONFIRMED"
    recovery.call("cancel")
    assert refusal(start, app=app, username="ann", preferred="PASSWORD", PASSWORD=PASSWORD) == RESET_REQUIRED
    assert app.status("ann") == "RESET_REQUIRED"


def test_a_pool_that_is_deleted_meanwhile(app: App, cognito: Cognito) -> None:
    Recovery.begin(app)
    app.call("delete_user_pool", UserPoolId=app.pool_id)

    assert [len(table) for table in cognito.world.store.tables(with_history=True).values() if len(table)] == []


def test_a_world_that_is_reset_meanwhile(app: App, cognito: Cognito) -> None:
    app.create("bob")
    Recovery.begin(app)
    cognito.world.reset()

    assert cognito.pools == []
