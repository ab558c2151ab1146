"""Attachments: the identity pool, its roles and their policy, with S3, DynamoDB and IAM by moto."""

from collections.abc import Callable, Iterator

import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from infrastructure import APP_CLIENT, BUCKET, TABLE, USER_POOL, deploy_attachments
from notes_service.attachments import Attachments
from notes_service.settings import REGION, attachment_settings
from pytest_cognito import AppClient, Clock, Cognito, IdentityPool, UserPool

USERS = ["ann@acme.example", "bob@acme.example"]
ANN, BOB = USERS

Open = Callable[..., Attachments]

pytestmark = pytest.mark.cognito(pool=USER_POOL, client=APP_CLIENT, region=REGION, users=USERS, enforce=True)


@pytest.fixture
def identity_pool(
    monkeypatch: pytest.MonkeyPatch, cognito: Cognito, cognito_user_pool: UserPool, cognito_app_client: AppClient
) -> Iterator[IdentityPool]:
    """What attachments need is deployed. The roles are in moto's IAM."""
    with mock_aws():
        pool_id = deploy_attachments(cognito_user_pool.id, cognito_app_client.id)
        monkeypatch.setenv("COGNITO_IDENTITY_POOL_ID", pool_id)
        monkeypatch.setenv("NOTES_BUCKET", BUCKET)
        monkeypatch.setenv("NOTES_TABLE", TABLE["TableName"])
        yield cognito.identity_pool(pool_id)


@pytest.fixture
def attachments(identity_pool: IdentityPool, cognito_user_pool: UserPool) -> Open:
    """The attachments of a user by name, or of a guest; who was a guest says as which identity."""

    def open_(name: str | None = None, identity_id: str | None = None) -> Attachments:
        id_token = cognito_user_pool.user(name).sign_in().id_token if name else None
        return Attachments(attachment_settings(), id_token, identity_id)

    return open_


def test_users_have_what_they_attached_on_every_device(attachments: Open) -> None:
    attachments(ANN).put("plan.txt", b"Ship it")

    assert attachments(ANN).get("plan.txt") == b"Ship it"
    assert attachments(ANN).sizes() == {"plan.txt": 7}


def test_nobody_reads_the_files_of_another(attachments: Open) -> None:
    anns, bobs = attachments(ANN), attachments(BOB)
    anns.put("plan.txt", b"Ship it")

    with pytest.raises(ClientError, match="not authorized to perform: s3:GetObject"):
        bobs.s3.get_object(Bucket=BUCKET, Key=f"{anns.identity_id}/plan.txt")
    with pytest.raises(ClientError, match="not authorized to perform: s3:PutObject"):
        bobs.s3.put_object(Bucket=BUCKET, Key=f"{anns.identity_id}/plan.txt", Body=b"Don't")
    assert anns.get("plan.txt") == b"Ship it"


def test_nobody_reads_the_entries_of_another(attachments: Open) -> None:
    anns, bobs = attachments(ANN), attachments(BOB)
    anns.put("plan.txt", b"Ship it")
    bobs.identity_id = anns.identity_id

    with pytest.raises(ClientError, match="not authorized to perform: dynamodb:Query"):
        bobs.sizes()


def test_a_guest_who_signs_up_keeps_the_files(attachments: Open) -> None:
    guests = attachments()
    guests.put("draft.txt", b"...")

    anns = attachments(ANN, guests.identity_id)

    assert anns.identity_id == guests.identity_id
    assert attachments(ANN).get("draft.txt") == b"..."


def test_a_guest_who_has_been_here_before_has_the_identity_of_then(attachments: Open) -> None:
    attachments(ANN).put("plan.txt", b"Ship it")

    assert attachments(ANN, attachments().identity_id).get("plan.txt") == b"Ship it"


def test_the_identity_of_a_user_is_nobody_elses(attachments: Open) -> None:
    anns = attachments(ANN)

    with pytest.raises(ClientError, match=f"Access to Identity '{anns.identity_id}' is forbidden"):
        attachments(None, anns.identity_id)
    with pytest.raises(ClientError, match="Logins don't match"):
        attachments(BOB, anns.identity_id)


def test_who_was_disabled_gets_no_credentials(attachments: Open, cognito_user_pool: UserPool) -> None:
    token = cognito_user_pool.user(ANN).sign_in().id_token
    cognito_user_pool.call("AdminDisableUser", Username=ANN)

    with pytest.raises(ClientError, match="Token is inactive"):
        Attachments(attachment_settings(), token)


def test_credentials_last_an_hour(attachments: Open, cognito_clock: Clock) -> None:
    anns = attachments(ANN)
    anns.put("plan.txt", b"Ship it")

    cognito_clock.advance(hours=1)

    with pytest.raises(ClientError, match="ExpiredToken"):
        anns.get("plan.txt")


@pytest.mark.parametrize("name", [ANN, None])
def test_what_the_roles_allow(identity_pool: IdentityPool, cognito_user_pool: UserPool, name: str | None) -> None:
    identity = identity_pool.identity_of(cognito_user_pool.user(name)) if name else identity_pool.guest()
    credentials = identity.credentials()
    own = f"arn:aws:s3:::{BUCKET}/{identity.id}/plan.txt"

    assert credentials.can("s3:PutObject", own)
    assert not credentials.can("s3:DeleteObject", own)
    assert not credentials.can("s3:ListBucket", f"arn:aws:s3:::{BUCKET}")
