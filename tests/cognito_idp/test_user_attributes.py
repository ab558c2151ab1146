"""Changing and deleting a user's attributes, by the user and by an administrator."""

from __future__ import annotations

from typing import Any

import boto3
import pytest

from pytest_cognito.cognito import Cognito, User, UserPool
from tests.support.refusals import refusal

SMS = {"SnsCallerArn": "arn:aws:iam::123456789012:role/sms", "ExternalId": "ext"}
SCHEMA = [
    {"Name": "given_name", "AttributeDataType": "String", "StringAttributeConstraints": {"MaxLength": "10"}},
    {"Name": "family_name", "AttributeDataType": "String", "Required": True},
    {"Name": "locale", "AttributeDataType": "String", "Mutable": False},
    {"Name": "level", "AttributeDataType": "Number", "NumberAttributeConstraints": {"MinValue": "1", "MaxValue": "9"}},
    {"Name": "nick", "AttributeDataType": "String", "StringAttributeConstraints": {"MinLength": "2"}},
    {"Name": "active", "AttributeDataType": "Boolean"},
    {"Name": "since", "AttributeDataType": "DateTime"},
    {"Name": "origin", "AttributeDataType": "String", "Mutable": False},
    {"Name": "credit", "AttributeDataType": "String", "DeveloperOnlyAttribute": True},
]
REFUSED = "InvalidParameterException"
NOT_WRITABLE = ("NotAuthorizedException", "A client attempted to write unauthorized attribute")


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return cognito.create_user_pool(Schema=SCHEMA)


@pytest.fixture
def alice(pool: UserPool) -> User:
    return pool.create_user("alice", email="a@example.com", family_name="Ant")


def pairs(attributes: dict[str, str]) -> list[dict[str, str]]:
    return [{"Name": name, "Value": value} for name, value in attributes.items()]


def update(idp: Any, user: User, attributes: dict[str, str], **more: Any) -> list[dict[str, str]]:
    token = user.tokens().access_token
    answer = idp.update_user_attributes(AccessToken=token, UserAttributes=pairs(attributes), **more)
    sent: list[dict[str, str]] = answer["CodeDeliveryDetailsList"]
    return sent


def admin_update(idp: Any, user: User, attributes: dict[str, str], **more: Any) -> None:
    answer = idp.admin_update_user_attributes(
        UserPoolId=user.pool.id, Username=user.username, UserAttributes=pairs(attributes), **more
    )
    assert set(answer) == {"ResponseMetadata"}


def delete(idp: Any, user: User, *names: str) -> None:
    idp.delete_user_attributes(AccessToken=user.tokens().access_token, UserAttributeNames=list(names))


def admin_delete(idp: Any, user: User, *names: str) -> None:
    idp.admin_delete_user_attributes(UserPoolId=user.pool.id, Username=user.username, UserAttributeNames=list(names))


BOTH_UPDATES = pytest.mark.parametrize("change", [update, admin_update], ids=["user", "admin"])
BOTH_DELETES = pytest.mark.parametrize("remove", [delete, admin_delete], ids=["user", "admin"])


@BOTH_UPDATES
def test_values_are_added_and_replaced(cognito_idp: Any, alice: User, change: Any) -> None:
    change(cognito_idp, alice, {"given_name": "Alice", "custom:level": "3", "family_name": "Bee"})
    attributes = alice.attributes
    assert (attributes["given_name"], attributes["custom:level"], attributes["family_name"]) == ("Alice", "3", "Bee")
    assert attributes["email"] == "a@example.com"


def test_an_update_moves_the_date_of_the_last_change(cognito: Cognito, cognito_idp: Any, alice: User) -> None:
    cognito.clock.advance(minutes=5)
    update(cognito_idp, alice, {"given_name": "Alice"})
    found = cognito_idp.admin_get_user(UserPoolId=alice.pool.id, Username="alice")
    assert (found["UserLastModifiedDate"] - found["UserCreateDate"]).total_seconds() >= 300


def test_the_next_token_tells_the_new_value(cognito_idp: Any, alice: User) -> None:
    update(cognito_idp, alice, {"given_name": "Alice"})
    assert alice.sign_in().id_claims["given_name"] == "Alice"


@BOTH_UPDATES
def test_an_empty_value_deletes(cognito_idp: Any, alice: User, change: Any) -> None:
    change(cognito_idp, alice, {"given_name": "Alice", "custom:nick": "al"})
    change(cognito_idp, alice, {"given_name": ""})
    assert "given_name" not in alice.attributes
    assert alice.attributes["custom:nick"] == "al"


def test_an_attribute_without_value_is_deleted(cognito_idp: Any, alice: User) -> None:
    update(cognito_idp, alice, {"given_name": "Alice"})
    token = alice.tokens().access_token
    cognito_idp.update_user_attributes(AccessToken=token, UserAttributes=[{"Name": "given_name"}])
    assert "given_name" not in alice.attributes


@BOTH_UPDATES
def test_booleans_are_kept_in_lower_case(cognito_idp: Any, alice: User, change: Any) -> None:
    change(cognito_idp, alice, {"custom:active": "True"})
    assert alice.attributes["custom:active"] == "true"


@BOTH_UPDATES
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("given_name", "x" * 11),
        ("birthdate", "1.1.2001"),
        ("custom:nick", "x"),
        ("custom:level", "0"),
        ("custom:level", "10"),
        ("custom:level", "three"),
        ("custom:active", "yes"),
        ("custom:since", "yesterday"),
    ],
)
def test_a_value_keeps_type_and_bounds(cognito_idp: Any, alice: User, change: Any, name: str, value: str) -> None:
    code, message = refusal(change, idp=cognito_idp, user=alice, attributes={name: value, "family_name": "Bee"})
    assert code == REFUSED
    assert message.startswith(f"Attributes did not conform to the schema: user.{name}: ")
    assert alice.attributes["family_name"] == "Ant"


@BOTH_UPDATES
@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        ({"email": "nobody"}, "Invalid email address format."),
        ({"phone_number": "555"}, "Invalid phone number format."),
        (
            {"custom:a": "1", "b": "2"},
            "".join(f"user.{n}: Attribute does not exist in the schema.\n" for n in ("custom:a", "b")),
        ),
        ({"custom:origin": "x"}, "user.custom:origin: Attribute cannot be updated.\n"),
        ({"locale": "de"}, "user.locale: Attribute cannot be updated.\n"),
        ({"locale": ""}, "user.locale: Attribute cannot be updated.\n"),
        (
            {"family_name": ""},
            "Attributes did not conform to the schema: user.family_name: The attribute is required\n",
        ),
    ],
)
def test_what_no_update_may_do(
    cognito_idp: Any, alice: User, change: Any, attributes: dict[str, str], message: str
) -> None:
    answer = refusal(change, idp=cognito_idp, user=alice, attributes={"given_name": "Al", **attributes})
    assert answer == (REFUSED, message)
    assert "given_name" not in alice.attributes


def test_what_is_immutable_can_be_given_at_creation_only(cognito_idp: Any, pool: UserPool) -> None:
    cognito_idp.admin_create_user(
        UserPoolId=pool.id, Username="bob", UserAttributes=pairs({"custom:origin": "x"}), MessageAction="SUPPRESS"
    )
    assert pool.user("bob").attributes["custom:origin"] == "x"
    answer = refusal(admin_update, idp=cognito_idp, user=pool.user("bob"), attributes={"custom:origin": "x"})
    assert answer == (REFUSED, "user.custom:origin: Attribute cannot be updated.\n")


@pytest.mark.parametrize("name", ["sub", "identities", "email_verified", "phone_number_verified"])
def test_a_user_does_not_write_what_is_cognitos(cognito_idp: Any, alice: User, name: str) -> None:
    assert refusal(update, idp=cognito_idp, user=alice, attributes={name: "true"}) == NOT_WRITABLE
    token = alice.tokens().access_token
    assert refusal(cognito_idp.delete_user_attributes, AccessToken=token, UserAttributeNames=[name]) == NOT_WRITABLE


@pytest.mark.parametrize("name", ["sub", "identities"])
def test_nor_does_an_administrator(cognito_idp: Any, alice: User, name: str) -> None:
    fixed = f"user.{name}: Attribute cannot be updated.\n"
    assert refusal(admin_update, idp=cognito_idp, user=alice, attributes={name: "x"}) == (REFUSED, fixed)
    gone = {"UserPoolId": alice.pool.id, "Username": "alice", "UserAttributeNames": [name]}
    answer = refusal(cognito_idp.admin_delete_user_attributes, **gone)
    assert answer == (REFUSED, f"Invalid user attributes: {fixed}")


def test_only_an_administrator_writes_developer_attributes(cognito_idp: Any, alice: User) -> None:
    admin_update(cognito_idp, alice, {"dev:custom:credit": "10"})
    assert alice.attributes["dev:custom:credit"] == "10"
    unknown = "user.dev:custom:credit: Attribute does not exist in the schema.\n"
    assert refusal(update, idp=cognito_idp, user=alice, attributes={"dev:custom:credit": "99"}) == (REFUSED, unknown)
    admin_delete(cognito_idp, alice, "dev:custom:credit")
    assert "dev:custom:credit" not in alice.attributes


def test_and_only_administrators_see_them(cognito_idp: Any, pool: UserPool) -> None:
    tokens = pool.create_user("bob", attributes={"dev:custom:credit": "10", "custom:nick": "bo"}).tokens()
    seen = cognito_idp.get_user(AccessToken=tokens.access_token)["UserAttributes"]
    assert [one["Name"] for one in seen] == ["sub", "custom:nick"]
    [listed] = cognito_idp.list_users(UserPoolId=pool.id)["Users"]
    assert {"Name": "dev:custom:credit", "Value": "10"} in listed["Attributes"]


def test_a_client_writes_what_it_may_and_what_is_required(cognito_idp: Any, pool: UserPool, alice: User) -> None:
    client = pool.create_client(WriteAttributes=["given_name"])
    token = pool.tokens_for("alice", client=client).access_token
    allowed = pairs({"given_name": "Al", "family_name": "Bee"})
    cognito_idp.update_user_attributes(AccessToken=token, UserAttributes=allowed)
    assert alice.attributes["family_name"] == "Bee"
    for attributes in ({"nickname": "Al"}, {"custom:unknown": "x"}, {"given_name": "A", "custom:nick": "al"}):
        change = {"AccessToken": token, "UserAttributes": pairs(attributes)}
        assert refusal(cognito_idp.update_user_attributes, **change) == NOT_WRITABLE
    deletion = {"AccessToken": token, "UserAttributeNames": ["nickname"]}
    assert refusal(cognito_idp.delete_user_attributes, **deletion) == NOT_WRITABLE


@BOTH_DELETES
def test_values_are_deleted(cognito_idp: Any, alice: User, remove: Any) -> None:
    admin_update(cognito_idp, alice, {"given_name": "Alice", "custom:nick": "al"})
    remove(cognito_idp, alice, "given_name", "custom:nick", "nickname")
    assert {"given_name", "custom:nick"}.isdisjoint(alice.attributes)
    assert alice.attributes["family_name"] == "Ant"


@BOTH_DELETES
def test_with_a_value_goes_that_it_was_verified(cognito_idp: Any, alice: User, remove: Any) -> None:
    assert alice.attributes["email_verified"] == "true"
    remove(cognito_idp, alice, "email")
    assert {"email", "email_verified"}.isdisjoint(alice.attributes)


def test_an_administrator_deletes_that_a_value_was_verified(cognito_idp: Any, alice: User) -> None:
    admin_delete(cognito_idp, alice, "email_verified")
    assert alice.attributes["email"] == "a@example.com"
    assert "email_verified" not in alice.attributes


@BOTH_DELETES
@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("custom:gone", "Attribute does not exist in the schema."),
        ("custom:origin", "Attribute cannot be updated."),
        ("family_name", "The attribute is required"),
    ],
)
def test_what_cannot_be_deleted(cognito_idp: Any, alice: User, remove: Any, name: str, problem: str) -> None:
    admin_update(cognito_idp, alice, {"given_name": "Alice"})
    token = alice.tokens().access_token
    answer = (
        refusal(cognito_idp.delete_user_attributes, AccessToken=token, UserAttributeNames=["given_name", name])
        if remove is delete
        else refusal(
            cognito_idp.admin_delete_user_attributes,
            UserPoolId=alice.pool.id,
            Username="alice",
            UserAttributeNames=["given_name", name],
        )
    )
    assert answer == (REFUSED, f"Invalid user attributes: user.{name}: {problem}\n")
    assert alice.attributes["given_name"] == "Alice"


@pytest.mark.parametrize("flag", ["true", "True", "false"])
def test_an_administrator_says_what_is_verified(cognito_idp: Any, alice: User, flag: str) -> None:
    admin_update(cognito_idp, alice, {"email": "new@example.com", "email_verified": flag})
    assert (alice.email, alice.attributes["email_verified"]) == ("new@example.com", flag.lower())


def test_nothing_is_verified_that_has_no_value(cognito_idp: Any, alice: User) -> None:
    answer = refusal(admin_update, idp=cognito_idp, user=alice, attributes={"phone_number_verified": "true"})
    assert answer[0] == REFUSED
    answer = refusal(admin_update, idp=cognito_idp, user=alice, attributes={"email": "", "email_verified": "true"})
    assert answer[0] == REFUSED
    assert alice.email == "a@example.com"


@BOTH_UPDATES
def test_a_new_address_is_unverified_and_the_same_is_not(cognito_idp: Any, alice: User, change: Any) -> None:
    change(cognito_idp, alice, {"email": "a@example.com"})
    assert alice.attributes["email_verified"] == "true"
    change(cognito_idp, alice, {"email": "new@example.com"})
    assert (alice.email, alice.attributes["email_verified"]) == ("new@example.com", "false")


def test_nothing_is_sent_where_the_pool_verifies_nothing(cognito: Cognito, cognito_idp: Any, alice: User) -> None:
    assert update(cognito_idp, alice, {"email": "new@example.com"}) == []
    assert len(cognito.outbox) == 0


class TestAliases:
    @pytest.fixture
    def pool(self, cognito: Cognito) -> UserPool:
        return cognito.create_user_pool(AliasAttributes=["email", "preferred_username"])

    @pytest.fixture
    def alice(self, pool: UserPool) -> User:
        return pool.create_user("alice", email="a@example.com", preferred_username="ant")

    @pytest.fixture
    def bob(self, pool: UserPool) -> User:
        return pool.create_user("bob", email="b@example.com", preferred_username="bee")

    @BOTH_UPDATES
    def test_neither_address_is_an_alias_until_the_new_one_is_verified(
        self, cognito_idp: Any, alice: User, change: Any
    ) -> None:
        change(cognito_idp, alice, {"email": "new@example.com"})
        for email in ("a@example.com", "new@example.com"):
            answer = refusal(cognito_idp.admin_get_user, UserPoolId=alice.pool.id, Username=email)
            assert answer == ("UserNotFoundException", "User does not exist.")
        admin_update(cognito_idp, alice, {"email_verified": "true"})
        assert alice.pool.user("new@example.com").username == "alice"

    def test_an_unverified_address_may_be_that_of_another(self, cognito_idp: Any, alice: User, bob: User) -> None:
        update(cognito_idp, bob, {"email": "a@example.com"})
        assert alice.pool.user("a@example.com").username == "alice"
        assert bob.attributes["email_verified"] == "false"

    def test_an_administrator_moves_an_alias(self, cognito_idp: Any, alice: User, bob: User) -> None:
        admin_update(cognito_idp, bob, {"email": "a@example.com", "email_verified": "true"})
        assert alice.pool.user("a@example.com").username == "bob"
        assert (alice.email, alice.attributes["email_verified"]) == ("a@example.com", "false")

    @BOTH_UPDATES
    def test_a_preferred_user_name_is_one_users(self, cognito_idp: Any, alice: User, bob: User, change: Any) -> None:
        change(cognito_idp, bob, {"preferred_username": "wasp"})
        assert bob.pool.user("wasp").username == "bob"
        answer = refusal(change, idp=cognito_idp, user=bob, attributes={"preferred_username": "ant"})
        assert answer[0] == "AliasExistsException"
        assert (alice.pool.user("ant").username, bob.pool.user("wasp").username) == ("alice", "bob")

    def test_a_deleted_alias_is_free(self, cognito_idp: Any, alice: User, bob: User) -> None:
        delete(cognito_idp, alice, "preferred_username")
        update(cognito_idp, bob, {"preferred_username": "ant"})
        assert bob.pool.user("ant").username == "bob"


class TestUsernameAttributes:
    @pytest.fixture
    def pool(self, cognito: Cognito) -> UserPool:
        return cognito.create_user_pool(UsernameAttributes=["email", "phone_number"])

    @pytest.fixture
    def alice(self, pool: UserPool) -> User:
        return pool.create_user("a@example.com")

    @BOTH_UPDATES
    def test_a_new_address_signs_in_at_once(self, cognito_idp: Any, pool: UserPool, alice: User, change: Any) -> None:
        change(cognito_idp, alice, {"email": "new@example.com"})
        found = pool.user("new@example.com")
        assert found.username == alice.username
        assert found.sign_in().id_claims["email"] == "new@example.com"
        assert refusal(cognito_idp.admin_get_user, UserPoolId=pool.id, Username="a@example.com")[0] == (
            "UserNotFoundException"
        )

    @BOTH_UPDATES
    @pytest.mark.parametrize("name", ["email", "phone_number"])
    def test_what_another_signs_in_with_is_taken(
        self, cognito_idp: Any, pool: UserPool, alice: User, change: Any, name: str
    ) -> None:
        value = {"email": "b@example.com", "phone_number": "+15550001234"}[name]
        pool.create_user(value)
        answer = refusal(change, idp=cognito_idp, user=alice, attributes={name: value})
        assert answer == ("AliasExistsException", f"An account with the given {name} already exists.")
        assert alice.email == "a@example.com"

    def test_an_administrator_does_not_move_it_either(self, cognito_idp: Any, pool: UserPool, alice: User) -> None:
        pool.create_user("b@example.com")
        taken = {"email": "b@example.com", "email_verified": "true"}
        assert refusal(admin_update, idp=cognito_idp, user=alice, attributes=taken)[0] == "AliasExistsException"

    @BOTH_DELETES
    def test_one_of_them_stays(self, cognito_idp: Any, alice: User, remove: Any) -> None:
        update(cognito_idp, alice, {"phone_number": "+15550001234"})
        remove(cognito_idp, alice, "email")
        assert alice.pool.user("+15550001234").username == alice.username
        answer = refusal(lambda: remove(cognito_idp, alice, "phone_number"))
        assert answer == (REFUSED, "Invalid user attributes: user.phone_number: The attribute is required\n")


@BOTH_DELETES
def test_a_phone_number_stays_while_mfa_needs_it(cognito: Cognito, cognito_idp: Any, remove: Any) -> None:
    pool = cognito.create_user_pool(
        MfaConfiguration="ON", SmsConfiguration=SMS, AutoVerifiedAttributes=["phone_number"]
    )
    alice = pool.create_user("alice", phone_number="+15550001234", email="a@example.com")
    cognito_idp.admin_set_user_mfa_preference(
        UserPoolId=pool.id, Username="alice", SMSMfaSettings={"Enabled": True, "PreferredMfa": True}
    )
    assert refusal(lambda: remove(cognito_idp, alice, "phone_number"))[0] == REFUSED
    remove(cognito_idp, alice, "email")
    assert alice.attributes["phone_number"] == "+15550001234"


def test_unknown_users_and_pools(cognito_idp: Any, pool: UserPool) -> None:
    attributes = pairs({"given_name": "A"})
    missing = "us-east-1_Missing00"
    for call, more in (
        (cognito_idp.admin_update_user_attributes, {"UserAttributes": attributes}),
        (cognito_idp.admin_delete_user_attributes, {"UserAttributeNames": ["given_name"]}),
    ):
        answer = refusal(call, UserPoolId=pool.id, Username="nobody", **more)
        assert answer == ("UserNotFoundException", "User does not exist.")
        answer = refusal(call, UserPoolId=missing, Username="nobody", **more)
        assert answer == ("ResourceNotFoundException", f"User pool {missing} does not exist.")


def operations(idp: Any) -> list[tuple[Any, dict[str, Any]]]:
    """Every operation on attributes that takes an access token."""
    return [
        (idp.update_user_attributes, {"UserAttributes": pairs({"given_name": "A"})}),
        (idp.delete_user_attributes, {"UserAttributeNames": ["given_name"]}),
        (idp.get_user_attribute_verification_code, {"AttributeName": "email"}),
        (idp.verify_user_attribute, {"AttributeName": "email", "Code": "123456"}),
        (idp.get_user_auth_factors, {}),
    ]


def test_an_access_token_is_asked_for(cognito: Cognito, cognito_idp: Any, pool: UserPool, alice: User) -> None:
    tokens = alice.sign_in()
    without_scope = pool.tokens_for("alice", scopes=["openid"]).access_token
    for token, message in (
        ("x.y.z", "Invalid Access Token"),
        (tokens.id_token, "Invalid Access Token"),
        (without_scope, "Access Token does not have required scopes"),
    ):
        for call, more in operations(cognito_idp):
            assert refusal(call, AccessToken=token, **more) == ("NotAuthorizedException", message)
    cognito.clock.advance(hours=2)
    for call, more in operations(cognito_idp):
        expired = ("NotAuthorizedException", "Access Token has expired")
        assert refusal(call, AccessToken=tokens.access_token, **more) == expired


def test_a_token_is_good_for_who_may_sign_in(cognito_idp: Any, pool: UserPool, alice: User) -> None:
    ended = alice.sign_in().access_token
    cognito_idp.global_sign_out(AccessToken=ended)
    for call, more in operations(cognito_idp):
        assert refusal(call, AccessToken=ended, **more) == ("NotAuthorizedException", "Access Token has been revoked")
    reset = alice.sign_in().access_token
    cognito_idp.admin_reset_user_password(UserPoolId=pool.id, Username="alice")
    for call, more in operations(cognito_idp):
        assert refusal(call, AccessToken=reset, **more)[0] == "PasswordResetRequiredException"
    cognito_idp.admin_delete_user(UserPoolId=pool.id, Username="alice")
    for call, more in operations(cognito_idp):
        assert refusal(call, AccessToken=reset, **more) == ("UserNotFoundException", "User does not exist.")


def test_the_client_of_a_token_must_be_there(cognito_idp: Any, pool: UserPool, alice: User) -> None:
    client = pool.create_client()
    token = pool.tokens_for("alice", client=client).access_token
    cognito_idp.delete_user_pool_client(UserPoolId=pool.id, ClientId=client.id)
    for call, more in operations(cognito_idp):
        assert refusal(call, AccessToken=token, **more)[0] == "ResourceNotFoundException"


def test_a_token_of_another_region_is_none(alice: User) -> None:
    elsewhere: Any = boto3.client("cognito-idp", region_name="eu-west-1")
    token = alice.tokens().access_token
    for call, more in operations(elsewhere):
        assert refusal(call, AccessToken=token, **more) == ("NotAuthorizedException", "Invalid Access Token")
