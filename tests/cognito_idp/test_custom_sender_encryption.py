"""How the code comes to CustomEmailSender and CustomSMSSender: encrypted by a key, or readable where there is none."""

from __future__ import annotations

import base64
import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aws_encryption_sdk as encryption
import pytest
from moto import mock_aws

from pytest_cognito.cognito import Cognito
from pytest_cognito.kernel.errors import UsageError
from tests.support.addresses import EMAIL
from tests.support.app import PASSWORD, MakeApp, pairs
from tests.support.clients import client
from tests.support.functions import Event
from tests.support.network import closed
from tests.support.senders import FUNCTION, MEDIA, SENDERS, Step, code_of, invite, make, readable, sign_up


@pytest.fixture
def key() -> Iterator[str]:
    """A key of moto's KMS."""
    with mock_aws():
        yield client("kms", region_name="us-east-1").create_key()["KeyMetadata"]["Arn"]


def decrypt(code: str, key: str) -> tuple[str, Any]:
    """As the recipes of AWS's guide do it."""
    sdk = encryption.EncryptionSDKClient(commitment_policy=encryption.CommitmentPolicy.REQUIRE_ENCRYPT_ALLOW_DECRYPT)
    provider = encryption.StrictAwsKmsMasterKeyProvider(key_ids=[key])
    plain, header = sdk.decrypt(source=base64.b64decode(code), key_provider=provider)
    return plain.decode(), header


@SENDERS
@pytest.mark.parametrize("step", [sign_up, invite])
def test_the_encryption_sdk_decrypts_the_code(
    cognito: Cognito, make_app: MakeApp, key: str, sender: str, step: Step
) -> None:
    found: list[str] = []

    def handler(event: Event, context: object) -> None:
        found.append(decrypt(event["request"]["code"], key)[0])

    app = make(make_app, sender, key=key)
    cognito.triggers.register(FUNCTION, handler)
    step(app, MEDIA[sender][0])
    run = cognito.triggers.last()
    assert (run.error, found) == (None, [run.code])
    assert code_of(run) not in base64.b64decode(run.event["request"]["code"]).decode("latin-1")


def test_its_form_is_that_of_cognito(cognito: Cognito, make_app: MakeApp, key: str) -> None:
    app = make(make_app, "CustomEmailSender", key=key)
    sign_up(app, "email")
    code = cognito.triggers.last().event["request"]["code"]
    _, header = decrypt(code, key)
    assert code.startswith("AYADe")
    assert header.encryption_context["userpool-id"] == app.pool_id
    assert [each.key_provider.key_info.decode() for each in header.encrypted_data_keys] == [key]


def test_another_key_does_not_open_it(cognito: Cognito, make_app: MakeApp, key: str) -> None:
    app = make(make_app, "CustomEmailSender", key=key)
    sign_up(app, "email")
    other = client("kms", region_name="us-east-1").create_key()["KeyMetadata"]["Arn"]
    with pytest.raises(encryption.AWSEncryptionSDKClientError):
        decrypt(cognito.triggers.last().event["request"]["code"], other)


def test_a_key_of_another_region(cognito: Cognito, make_app: MakeApp, key: str) -> None:
    elsewhere = client("kms", region_name="eu-west-1").create_key()["KeyMetadata"]["Arn"]
    app = make(make_app, "CustomEmailSender", key=elsewhere)
    sign_up(app, "email")
    run = cognito.triggers.last()
    assert decrypt(run.event["request"]["code"], elsewhere)[0] == run.code


def test_a_key_that_does_not_exist_names_the_cure(cognito: Cognito, make_app: MakeApp, key: str) -> None:
    app = make(make_app, "CustomEmailSender")
    with pytest.raises(UsageError, match=r"(?s)KMSKeyID .*55555.*NotFoundException.*create_key"):
        sign_up(app, "email")


def test_a_key_is_not_needed_for_other_messages(cognito: Cognito, make_app: MakeApp, key: str) -> None:
    app = make(make_app, "CustomEmailSender")
    sign_up(app, "phone_number")
    assert len(cognito.outbox) == 1


def test_where_no_kms_answers_the_code_is_readable(cognito: Cognito, make_app: MakeApp) -> None:
    app = make(make_app, "CustomEmailSender")
    with closed() as tried:
        sign_up(app, "email")
    run = cognito.triggers.last()
    assert (readable(run), tried) == (run.code, [])


def test_nor_are_credentials_looked_for(
    cognito: Cognito, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    app = make(make_app, "CustomEmailSender")
    app.pool.create_user("bob")
    app.sign_in("bob")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    with closed() as tried:
        cognito.call(
            "SignUp",
            ClientId=app.client_id,
            Username="alice",
            Password=PASSWORD,
            UserAttributes=pairs(EMAIL),
        )
    assert (cognito.triggers.last().code is not None, tried) == (True, [])


def test_where_the_sdk_is_not_installed_the_code_is_readable(
    cognito: Cognito, make_app: MakeApp, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *more: None if "encryption" in name else find(name, *more)
    )
    app = make(make_app, "CustomEmailSender", key=key)
    sign_up(app, "email")
    run = cognito.triggers.last()
    assert readable(run) == run.code
