"""Attachments: the identity pool, its roles and their policy, with S3 and DynamoDB by moto."""

from collections.abc import Callable, Iterator

import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from notes_service.attachments import Attachments
from notes_service.settings import REGION, AttachmentSettings
from pytest_cognito import Clock, Cognito, Stack, UserPool

USERS = ["ann@acme.example", "bob@acme.example"]
ANN, BOB = USERS

Open = Callable[..., Attachments]

pytestmark = pytest.mark.cognito(region=REGION, users=USERS, enforce=True)


@pytest.fixture(scope="session")
def cognito_seed() -> None:
    """Nothing: the template is deployed in each test, where moto makes its bucket and its table."""


@pytest.fixture
def cognito_stack(cognito: Cognito, deploy: Callable[[Cognito], Stack]) -> Iterator[Stack]:
    with mock_aws():
        yield deploy(cognito)


@pytest.fixture
def bucket(cognito_stack: Stack) -> str:
    return cognito_stack.physical_id("Attachments")


@pytest.fixture
def settings(cognito_stack: Stack) -> AttachmentSettings:
    """What the app on a user's computer is built with."""
    outputs = cognito_stack.outputs
    return AttachmentSettings(
        outputs["IdentityPoolId"], outputs["UserPoolId"], bucket=outputs["Bucket"], table=outputs["Table"]
    )


@pytest.fixture
def attachments(settings: AttachmentSettings, cognito_user_pool: UserPool) -> Open:
    """The attachments of a user by name, or of a guest; who was a guest says as which identity."""

    def open_(name: str | None = None, identity_id: str | None = None) -> Attachments:
        id_token = cognito_user_pool.user(name).sign_in().id_token if name else None
        return Attachments(settings, id_token, identity_id)

    return open_


def test_users_have_what_they_attached_on_every_device(attachments: Open) -> None:
    attachments(ANN).put("plan.txt", b"Ship it")

    assert attachments(ANN).get("plan.txt") == b"Ship it"
    assert attachments(ANN).sizes() == {"plan.txt": 7}


def test_nobody_reads_the_files_of_another(attachments: Open, bucket: str) -> None:
    anns, bobs = attachments(ANN), attachments(BOB)
    anns.put("plan.txt", b"Ship it")

    with pytest.raises(ClientError, match="not authorized to perform: s3:GetObject"):
        bobs.s3.get_object(Bucket=bucket, Key=f"{anns.identity_id}/plan.txt")
    with pytest.raises(ClientError, match="not authorized to perform: s3:PutObject"):
        bobs.s3.put_object(Bucket=bucket, Key=f"{anns.identity_id}/plan.txt", Body=b"Don't")
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


def test_who_was_disabled_gets_no_credentials(settings: AttachmentSettings, cognito_user_pool: UserPool) -> None:
    token = cognito_user_pool.user(ANN).sign_in().id_token
    cognito_user_pool.call("AdminDisableUser", Username=ANN)

    with pytest.raises(ClientError, match="Token is inactive"):
        Attachments(settings, token)


def test_credentials_last_an_hour(attachments: Open, cognito_clock: Clock) -> None:
    anns = attachments(ANN)
    anns.put("plan.txt", b"Ship it")

    cognito_clock.advance(hours=1)

    with pytest.raises(ClientError, match="ExpiredToken"):
        anns.get("plan.txt")


@pytest.mark.parametrize("name", [ANN, None])
def test_what_the_roles_allow(cognito_stack: Stack, bucket: str, cognito_user_pool: UserPool, name: str | None) -> None:
    identity_pool = cognito_stack.identity_pool()
    identity = identity_pool.identity_of(cognito_user_pool.user(name)) if name else identity_pool.guest()
    credentials = identity.credentials()
    own = f"arn:aws:s3:::{bucket}/{identity.id}/plan.txt"

    assert credentials.can("s3:PutObject", own)
    assert not credentials.can("s3:DeleteObject", own)
    assert not credentials.can("s3:ListBucket", f"arn:aws:s3:::{bucket}")
