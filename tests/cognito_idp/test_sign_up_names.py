"""The user names that SignUp takes: their form, by the pool's settings, and each one once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support.app import App, MakeApp
from tests.support.refusals import USERNAME_TAKEN, Refusal, invalid_parameter, refusal
from tests.support.settings import SMS, VERIFY

if TYPE_CHECKING:
    pass


EMAIL = {"email": "alice@example.com"}
PATTERN = r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+"


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    """A pool without users that verifies addresses and phone numbers."""
    return cognito.create_user_pool(**VERIFY)


@pytest.mark.parametrize(
    "name",
    [
        "alice",
        "a",
        "a" * 128,
        "алиса",
        "爱丽丝",
        "أليس",
        "Ἀλίκη",
        "अलीशा",
        "ひめ",
        "🙂",
        "o'neil+x@home.de",
        "№1₿",
        "É",
    ],
)
def test_a_user_name_may_be_of_any_script(app: App, name: str) -> None:
    app.sign_up(name)
    assert app.admin("admin_get_user", name)["Username"] == name


@pytest.mark.parametrize("name", ["two words", "tab\there", "line\n", "\u00a0", "nul\0"])
def test_a_user_name_has_no_blanks_or_controls(app: App, name: str) -> None:
    assert refusal(app.sign_up, username=name) == invalid_parameter(
        "1 validation error detected: Value at 'username' failed to satisfy constraint: "
        f"Member must satisfy regular expression pattern: {PATTERN}"
    )


def test_a_user_name_has_128_characters_at_most(app: App) -> None:
    assert refusal(app.sign_up, username="a" * 129) == invalid_parameter(
        "1 validation error detected: Value at 'username' failed to satisfy constraint: "
        "Member must have length less than or equal to 128"
    )


@pytest.mark.parametrize(
    ("settings", "name", "message"),
    [
        (
            {"AliasAttributes": ["email"]},
            "alice@example.com",
            "Username cannot be of email format, since user pool is configured for email alias.",
        ),
        (
            {"AliasAttributes": ["phone_number"]},
            "+15555550123",
            "Username cannot be of phone number format, since user pool is configured for phone number alias.",
        ),
        ({"UsernameAttributes": ["email"]}, "alice", "Username should be an email."),
        ({"UsernameAttributes": ["email"]}, "+15555550123", "Username should be an email."),
        ({"UsernameAttributes": ["phone_number"]}, "alice@example.com", "Username should be a phone number."),
        (
            {"UsernameAttributes": ["email", "phone_number"]},
            "alice",
            "Username should be either an email or a phone number.",
        ),
        (
            {"UsernameAttributes": ["phone_number", "email"]},
            "5555550123",
            "Username should be either an email or a phone number.",
        ),
    ],
)
@pytest.mark.parametrize("operation", ["sign_up", "create"])
def test_a_user_name_has_the_form_that_the_pool_wants(
    make_app: MakeApp, settings: dict[str, Any], name: str, message: str, operation: str
) -> None:
    app = make_app(**settings)
    assert refusal(getattr(app, operation), username=name) == invalid_parameter(message)
    assert app.users() == []


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        ({"AliasAttributes": ["email"]}, "+15555550123"),
        ({"AliasAttributes": ["phone_number"]}, "alice@example.com"),
        ({"AliasAttributes": ["preferred_username"]}, "alice@example.com"),
    ],
)
def test_what_is_no_alias_may_be_a_user_name(make_app: MakeApp, settings: dict[str, Any], name: str) -> None:
    app = make_app(**settings)
    app.sign_up(name)
    assert app.status(name) == "UNCONFIRMED"


def test_the_alias_preferred_username_cannot_be_given_yet(make_app: MakeApp) -> None:
    app = make_app(AliasAttributes=["preferred_username"])
    error = refusal(app.sign_up, attributes={"preferred_username": "al"})
    assert error.code == "InvalidParameterException"


@pytest.mark.parametrize(
    ("wanted", "name", "attribute"),
    [
        (["email"], "alice@example.com", "email"),
        (["phone_number"], "+15555550123", "phone_number"),
        (["email", "phone_number"], "alice@example.com", "email"),
        (["email", "phone_number"], "+15555550123", "phone_number"),
    ],
)
def test_where_an_attribute_is_the_name_the_user_name_is_the_sub(
    make_app: MakeApp, wanted: list[str], name: str, attribute: str
) -> None:
    app = make_app(UsernameAttributes=wanted)
    sub = app.sign_up(name)["UserSub"]
    assert app.admin("admin_get_user", name)["Username"] == sub
    assert app.attributes(sub) == {attribute: name, f"{attribute}_verified": "false"}


USERNAME_ATTRIBUTES: list[tuple[list[str], str, dict[str, str], str]] = [
    (["email"], "alice@example.com", {"email": "bob@example.com"}, "email"),
    (["email"], "alice@example.com", {"email": "Alice@example.com"}, "email"),
    (["phone_number"], "+15555550123", {"phone_number": "+15555550124"}, "phone_number"),
    (["email", "phone_number"], "alice@example.com", {"email": "bob@example.com"}, "email"),
    (["email", "phone_number"], "+15555550123", {"phone_number": "+15555550124"}, "phone_number"),
]


@pytest.mark.parametrize(("wanted", "name", "given", "attribute"), USERNAME_ATTRIBUTES)
@pytest.mark.parametrize("operation", ["sign_up", "create"])
def test_the_user_name_is_the_value_of_its_attribute(
    make_app: MakeApp, operation: str, wanted: list[str], name: str, given: dict[str, str], attribute: str
) -> None:
    app = make_app(UsernameAttributes=wanted)
    words = attribute.replace("_", " ")
    assert refusal(getattr(app, operation), username=name, attributes=given) == invalid_parameter(
        f"User {words} should be empty or same as username, since username attribute is {attribute}."
    )
    assert app.users() == []


@pytest.mark.parametrize(
    ("settings", "name", "given"),
    [
        ({}, "alice@example.com", {"email": "alice@example.com"}),
        ({}, "alice@example.com", {"email": ""}),
        ({}, "alice@example.com", {"phone_number": "+15555550123"}),
        ({}, "+15555550123", {"email": "alice@example.com"}),
        ({"UsernameConfiguration": {"CaseSensitive": False}}, "alice@example.com", {"email": "Alice@Example.com"}),
    ],
)
@pytest.mark.parametrize("operation", ["sign_up", "create"])
def test_the_attribute_may_repeat_the_user_name(
    make_app: MakeApp, operation: str, settings: dict[str, Any], name: str, given: dict[str, str]
) -> None:
    app = make_app(UsernameAttributes=["email", "phone_number"], SmsConfiguration=SMS, **settings)
    getattr(app, operation)(name, given)
    assert app.attributes(name)["email" if "@" in name else "phone_number"] == name


def test_a_user_name_is_taken_once(app: App) -> None:
    app.sign_up("alice")
    assert refusal(app.sign_up, username="alice") == USERNAME_TAKEN
    assert len(app.users()) == 1


def test_two_pools_have_users_of_one_name(make_app: MakeApp, app: App) -> None:
    other = make_app()
    assert app.sign_up("alice")["UserSub"] != other.sign_up("alice")["UserSub"]


@pytest.mark.parametrize(
    ("wanted", "name", "message"),
    [
        (["email"], "alice@example.com", "User already exists"),
        (["phone_number"], "+15555550123", "An account with the given phone_number already exists."),
    ],
)
def test_an_attribute_in_place_of_the_name_is_taken_once(
    make_app: MakeApp, wanted: list[str], name: str, message: str
) -> None:
    app = make_app(UsernameAttributes=wanted)
    app.sign_up(name)
    assert refusal(app.sign_up, username=name) == ("UsernameExistsException", message)


def test_the_other_attribute_that_users_sign_in_with_is_taken_once_too(make_app: MakeApp) -> None:
    app = make_app(UsernameAttributes=["email", "phone_number"])
    app.sign_up("alice@example.com")
    assert refusal(app.sign_up, username="+15555550123", attributes=EMAIL) == Refusal(
        "UsernameExistsException", "An account with the given email already exists."
    )


@pytest.mark.parametrize(("sensitive", "names"), [(True, {"Alice", "alice"}), (False, {"alice"})])
def test_case_counts_where_the_pool_says_so(make_app: MakeApp, sensitive: bool, names: set[str]) -> None:
    app = make_app(UsernameConfiguration={"CaseSensitive": sensitive})
    app.sign_up("Alice")
    if sensitive:
        app.sign_up("alice")
    else:
        assert refusal(app.sign_up, username="aLICE") == USERNAME_TAKEN
    assert {user["Username"] for user in app.users()} == names


def test_an_address_in_place_of_the_name_is_one_whatever_its_case(make_app: MakeApp) -> None:
    app = make_app(UsernameAttributes=["email"], UsernameConfiguration={"CaseSensitive": False})
    app.sign_up("Alice@Example.com")
    assert refusal(app.sign_up, username="alice@example.COM") == USERNAME_TAKEN


def test_an_alias_may_be_given_by_many(make_app: MakeApp) -> None:
    app = make_app(AliasAttributes=["email"])
    app.confirmed("alice", {**EMAIL, "email_verified": "true"})
    app.sign_up("bob", EMAIL)
    assert app.admin("admin_get_user", EMAIL["email"])["Username"] == "alice"


def test_somebody_elses_active_alias_is_no_user_name(make_app: MakeApp) -> None:
    app = make_app(AliasAttributes=["preferred_username"])
    app.create("alice", {"preferred_username": "al"})
    assert refusal(app.sign_up, username="al") == USERNAME_TAKEN
