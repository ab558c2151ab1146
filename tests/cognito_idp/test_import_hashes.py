"""Imported hashes of passwords, made by other libraries."""

from __future__ import annotations

import base64
import hashlib
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from pycognito.aws_srp import AWSSRP

from pytest_cognito.kernel.errors import UsageError
from tests.support.app import NEW_PASSWORD, PASSWORD, App, MakeApp
from tests.support.imports import VERIFIED, Import, file, header, row
from tests.support.refusals import INCORRECT, RESET_REQUIRED, refusal

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient

pytestmark = pytest.mark.needs("CreateUserImportJobRequest.PasswordHashingAlgorithm")
SALT = bytes(range(16))


def _bcrypt(cost: int = 4) -> str:
    import bcrypt  # which the oldest environment need not have: its models know no hashes

    return bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(cost)).decode()


def _scrypt(n: int = 16, r: int = 8, p: int = 1) -> str:
    return f"{n}${r}${p}${SALT.hex()}${hashlib.scrypt(PASSWORD.encode(), salt=SALT, n=n, r=r, p=p).hex()}"


def _argon2id(memory: int = 8, time: int = 1, parallel: int = 1) -> str:
    import argon2

    return argon2.PasswordHasher(time, memory, parallel).hash(PASSWORD)


def _pbkdf2(iterations: int = 10) -> str:
    digest = hashlib.pbkdf2_hmac("sha256", PASSWORD.encode(), SALT, iterations)
    salt, hashed = (base64.b64encode(each).decode().rstrip("=").replace("+", ".") for each in (SALT, digest))
    return f"$pbkdf2-sha256${iterations}${salt}${hashed}"


HASHES: dict[str, Callable[[], str]] = {
    "BCRYPT": _bcrypt,
    "SCRYPT": _scrypt,
    "ARGON2ID": _argon2id,
    "PBKDF2_SHA256": _pbkdf2,
}


@pytest.fixture
def app(make_app: MakeApp) -> App:
    return make_app(**VERIFIED)


def with_hash(app: App, algorithm: str, hashed: str) -> Import:
    return Import.of(app, row("ann", password_hash=escaped(hashed)), PasswordHashingAlgorithm=algorithm)


def escaped(hashed: str) -> str:
    """A hash as it is written in the file: those of Argon2 have commas."""
    return hashed.replace(",", "\\,")


@pytest.mark.parametrize("algorithm", HASHES)
def test_a_user_with_a_hash_signs_in_with_the_password(app: App, algorithm: str) -> None:
    job = with_hash(app, algorithm, HASHES[algorithm]())

    assert job.ended()["PasswordHashingAlgorithm"] == algorithm
    assert app.status("ann") == "CONFIRMED"
    assert refusal(app.begin, username="ann", password=NEW_PASSWORD) == INCORRECT
    assert app.sign_in("ann")["AccessToken"]
    assert app.pool.user("ann").password == PASSWORD
    assert refusal(app.begin, username="ann", password=NEW_PASSWORD) == INCORRECT
    assert app.sign_in("ann")["AccessToken"]


@pytest.mark.parametrize("version", ["2a", "2b", "2x", "2y"])
def test_every_version_of_bcrypt(app: App, version: str) -> None:
    with_hash(app, "BCRYPT", _bcrypt().replace("2b", version, 1)).ended()

    assert app.sign_in("ann")["AccessToken"]


def test_srp_is_possible_after_the_first_sign_in(app: App, cognito_idp: CognitoIdentityProviderClient) -> None:
    with_hash(app, "SCRYPT", _scrypt()).ended()
    srp = AWSSRP("ann", PASSWORD, app.pool_id, app.client_id, client=cognito_idp)

    assert refusal(srp.authenticate_user) == INCORRECT
    app.sign_in("ann")
    assert srp.authenticate_user()["AuthenticationResult"]["AccessToken"]


def test_a_reset_replaces_the_hash(app: App) -> None:
    with_hash(app, "SCRYPT", _scrypt()).ended()
    app.admin("admin_set_user_password", "ann", Password=NEW_PASSWORD, Permanent=True)

    assert refusal(app.begin, username="ann") == INCORRECT
    assert app.sign_in("ann", NEW_PASSWORD)["AccessToken"]


def test_a_hash_counts_in_the_history_of_passwords(make_app: MakeApp) -> None:
    app = make_app(**VERIFIED, Policies={"PasswordPolicy": {"MinimumLength": 8, "PasswordHistorySize": 2}})
    with_hash(app, "SCRYPT", _scrypt()).ended()
    call: dict[str, Any] = {"UserPoolId": app.pool_id, "Username": "ann", "Password": PASSWORD}

    assert refusal(app.idp.admin_set_user_password, **call).code == "PasswordHistoryPolicyViolationException"


def test_a_hash_that_was_replaced_stays_in_the_history(make_app: MakeApp) -> None:
    app = make_app(**VERIFIED, Policies={"PasswordPolicy": {"MinimumLength": 8, "PasswordHistorySize": 2}})
    with_hash(app, "SCRYPT", _scrypt()).ended()
    call: dict[str, Any] = {"UserPoolId": app.pool_id, "Username": "ann", "Permanent": True}
    app.call("admin_set_user_password", **call, Password=NEW_PASSWORD)
    refused = refusal(app.idp.admin_set_user_password, **call, Password=PASSWORD)
    assert refused.code == "PasswordHistoryPolicyViolationException"

    app.call("admin_set_user_password", **call, Password="Third-horse-9")
    app.call("admin_set_user_password", **call, Password=PASSWORD)
    assert app.sign_in("ann")["AccessToken"]


def test_who_may_not_sign_in_with_a_password_any_more_has_no_hash(app: App) -> None:
    with_hash(app, "SCRYPT", _scrypt()).ended()
    local = {"ProviderName": "Cognito", "ProviderAttributeName": "Cognito_Subject", "ProviderAttributeValue": "ann"}
    app.call("admin_disable_provider_for_user", UserPoolId=app.pool_id, User=local)

    assert (app.status("ann"), app.pool.user("ann").password) == ("EXTERNAL_PROVIDER", None)
    assert refusal(app.begin, username="ann") == INCORRECT
    app.admin("admin_set_user_password", "ann", Password=NEW_PASSWORD, Permanent=True)
    assert app.sign_in("ann", NEW_PASSWORD)["AccessToken"]
    assert refusal(app.begin, username="ann") == INCORRECT


def test_the_previous_password_is_compared_with_the_hash(app: App) -> None:
    with_hash(app, "SCRYPT", _scrypt()).ended()
    token = app.pool.user("ann").tokens().access_token
    change = {"AccessToken": token, "ProposedPassword": NEW_PASSWORD}

    assert refusal(app.idp.change_password, **change, PreviousPassword=NEW_PASSWORD) == INCORRECT
    app.call("change_password", **change, PreviousPassword=PASSWORD)
    assert app.sign_in("ann", NEW_PASSWORD)["AccessToken"]


def test_a_row_without_a_hash_is_imported_without_a_password(app: App) -> None:
    with_hash(app, "BCRYPT", "").ended()

    assert app.status("ann") == "RESET_REQUIRED"
    assert refusal(app.begin, username="ann") == RESET_REQUIRED


BEYOND = {
    "BCRYPT": ["$2b$13$" + "a" * 53, "$2b$00$" + "a" * 53, "$2b$04$abc", "$2c$04$" + "a" * 53],
    "SCRYPT": ["131072$8$1$00$00", "16$9$1$00$00", "16$8$2$00$00", "15$8$1$00$00", "1$8$1$00$00", "16$8$1$0$00"],
    "ARGON2ID": [
        "$argon2id$v=19$m=19457,t=1,p=1$AAAA$AAAA",
        "$argon2id$v=19$m=8,t=3,p=1$AAAA$AAAA",
        "$argon2id$v=19$m=8,t=1,p=2$AAAA$AAAA",
        "$argon2i$v=19$m=8,t=1,p=1$AAAA$AAAA",
    ],
    "PBKDF2_SHA256": ["$pbkdf2-sha256$600001$AAAA$AAAA", "$pbkdf2-sha256$0$AAAA$AAAA", "$pbkdf2-sha512$10$AAAA$AAAA"],
}  # fmt: skip


@pytest.mark.parametrize("algorithm", BEYOND)
def test_a_hash_that_is_malformed_or_too_costly_fails_its_row(app: App, algorithm: str) -> None:
    bad = BEYOND[algorithm]
    rows = [row(f"user{number}", password_hash=escaped(hashed)) for number, hashed in enumerate(bad)]
    job = Import.of(app, *rows, PasswordHashingAlgorithm=algorithm)

    assert job.counts() == (0, 0, len(bad))
    problem = f"The User Record sets an invalid password_hash for {algorithm}."
    assert job.log == [f"[FAILED] Line Number {number} - {problem}" for number in range(2, len(bad) + 2)]


def test_the_column_must_be_there(app: App) -> None:
    job = Import.create(app, PasswordHashingAlgorithm="BCRYPT")
    job.upload(file(header(app), row("ann")))
    job.call("start")

    ended = job.ended()
    assert (ended["Status"], ended["CompletionMessage"]) == ("Failed", "The CSV file has no password_hash column.")


@pytest.mark.parametrize(("algorithm", "module"), [("BCRYPT", "bcrypt"), ("ARGON2ID", "argon2")])
def test_a_library_that_is_missing_is_named(
    app: App, algorithm: str, module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_hash(app, algorithm, HASHES[algorithm]()).ended()
    monkeypatch.setitem(sys.modules, module, None)

    with pytest.raises(UsageError, match=r"install \"pytest-cognito\[hashes\]\""):
        app.begin("ann")
