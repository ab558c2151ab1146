"""Why a device can't be registered: what is wrong with the role of push sync."""

from __future__ import annotations

from pytest_cognito.cognito import Cognito
from tests.support.publishing import PUSH, Publishing, trust
from tests.support.refusals import refusal


def test_a_role_that_push_sync_can_not_use(cognito: Cognito) -> None:
    sync = Publishing(cognito)
    role = cognito.create_role("push", trust(f"{sync.pool.arn}0"))
    untrusting = (
        f"the trust policy of {role.arn} does not let cognito-sync.amazonaws.com assume the role for {sync.pool.arn}"
    )
    applications = {"ApplicationArns": PUSH["ApplicationArns"]}
    for push, reason in (
        ({**applications, "RoleArn": role.arn}, untrusting),
        (applications, "PushSync has no RoleArn"),
    ):
        sync.configure(PushSync=push)
        refusal(sync.app.register_device, **sync.ids, Platform="GCM", Token="token")
        assert cognito.calls[-1].explanation == (reason,)
