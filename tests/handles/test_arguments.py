"""What a handle is given by mistake: an error that says what to write, and nothing happens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pytest_cognito import Cognito, UsageError, User, UserPool

Use = Callable[[Any, Any], Any]
"""What a test does with a pool and a user of it; a type checker would refuse much of it, too."""

POOL: dict[str, tuple[Use, str]] = {
    "one group as a string": (
        lambda pool, _: pool.create_user("ann", groups="admins"),
        r'write groups=\["admins"\], not ',
    ),
    "a group that is no name": (lambda pool, _: pool.create_user("ann", groups=[5]), "groups takes a list of strings"),
    "groups that are none": (
        lambda pool, _: pool.create_user("ann", groups=5),
        "groups takes a list of strings, not 5",
    ),
    "a user without a name": (lambda pool, _: pool.create_user(""), "username is a string, such as \"alice\"; not ''"),
    "a password that is a number": (lambda pool, _: pool.create_user("ann", password=12345678), "password is a string"),
    "a sub that is a number": (lambda pool, _: pool.create_user("ann", sub=1), "sub is a string"),
    "a status": (lambda pool, _: pool.create_user("ann", status="CONFRIMED"), "'CONFRIMED': did you mean 'CONFIRMED'?"),
    "a parameter": (
        lambda pool, _: pool.create_user("ann", group=["a"]),
        "no attribute 'group': did you mean 'groups'?",
    ),
    "an attribute": (lambda pool, _: pool.create_user("ann", emial="a@b.example"), "did you mean 'email'?"),
    "an attribute unlike any": (
        lambda pool, _: pool.create_user("ann", xyzzy="a"),
        "there is username, password, groups",
    ),
    "a custom attribute": (
        lambda pool, _: pool.create_user("ann", tenant="t1"),
        r'write attributes=\{"custom:tenant": …\}',
    ),
    "True": (lambda pool, _: pool.create_user("ann", email_verified=True), 'write email_verified="true", not True'),
    "attributes as pairs": (lambda pool, _: pool.create_user("ann", attributes=[]), "attributes takes a dict, such as"),
    "fewer than no users": (lambda pool, _: pool.create_users(-1), "how many there are to be, not -1"),
    "half a user": (lambda pool, _: pool.create_users(0.5), "how many there are to be, not 0.5"),
    "many users' attribute": (lambda pool, _: pool.create_users(2, prefx="a"), "did you mean 'prefix'?"),
    "several groups at once": (lambda pool, user: user.add_to_group(["a", "b"]), 'name is a string, such as "admins"'),
    "a group's setting": (lambda pool, _: pool.create_group("a", Precedance=1), "did you mean 'Precedence'?"),
    "one scope as a string": (
        lambda pool, user: user.tokens(scopes="a/b"),
        r'write scopes=\["a/b"\], not scopes="a/b"',
    ),
    "a user in place of the name": (
        lambda pool, user: pool.tokens_for(user),
        "username is a string, such as user.username",
    ),
    "claims as pairs": (lambda pool, user: user.tokens(claims=[("a", 1)]), "claims takes a dict"),
    "a client's id": (
        lambda pool, user: user.tokens(client=pool.client.id),
        "client takes an app client: one of pool.cl",
    ),
    "a client's id at sign-in": (lambda pool, user: user.sign_in(client="web"), "client takes an app client"),
    "metadata as a string": (lambda pool, user: user.sign_in(metadata="web"), "metadata takes a dict"),
    "metadata of numbers": (
        lambda pool, user: user.sign_in(metadata={"a": 1}),
        "takes a string as ClientMetadata.a, not 1",
    ),
    "a password at sign-in": (lambda pool, user: user.sign_in(5), "password is a string, such as user.password"),
    "a passkey as a password": (lambda pool, user: user.sign_in(object()), r"by name, sign_in\(passkey=…\)"),
    "a passkey's name": (lambda pool, user: user.register("phone"), r"passkey takes what cognito.passkey\(\) gives"),
    "a passkey's name at sign-in": (lambda pool, user: user.sign_in(passkey="phone"), "passkey takes what cognito"),
    "a trigger without a name": (
        lambda pool, _: pool.on(lambda event, context: event),
        r'write @pool.on\("PreSignUp"\)',
    ),
    "a trigger's name": (lambda pool, _: pool.on("PreSignup"), "no trigger 'PreSignup': did you mean 'PreSignUp'?"),
    "no function": (lambda pool, _: pool.set_trigger("PreSignUp", None), "takes event and context: def function"),
    "the audience there is": (
        lambda pool, user: user.tokens().wrong_audience(pool.client.id),
        "is the audience that the",
    ),
    "the issuer there is": (
        lambda pool, user: user.tokens().wrong_issuer(pool.issuer),
        "is the issuer that the tokens",
    ),
}


@pytest.mark.cognito(pool={"Schema": [{"Name": "tenant", "AttributeDataType": "String", "Mutable": True}]})
@pytest.mark.parametrize(("use", "message"), POOL.values(), ids=POOL)
def test_of_a_pool_or_a_user(cognito_user_pool: UserPool, cognito_user: User, use: Use, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        use(cognito_user_pool, cognito_user)

    assert [user.username for user in cognito_user_pool.users] == ["alice"]
    assert (cognito_user.groups, cognito_user_pool.groups) == ([], [])
    assert cognito_user_pool.call("DescribeUserPool")["UserPool"]["LambdaConfig"] == {}


ARN = "arn:aws:lambda:us-east-1:123456789012:function:f"
COGNITO: dict[str, tuple[Callable[[Any], Any], str]] = {
    "a pool's setting": (lambda it: it.create_user_pool(MfaConfigration="OFF"), "did you mean 'MfaConfiguration'?"),
    "a setting inside": (
        lambda it: it.create_user_pool(Policies={"PasswordPolicy": {"MinLength": 8}}),
        "CreateUserPool does not know 'MinLength' in Policies.PasswordPolicy: did you mean 'MinimumLength'?",
    ),
    "a setting of another call": (
        lambda it: it.create_user_pool(RiskExceptionConfiguration={}),
        "CreateUserPool does not know 'RiskExceptionConfiguration': that is set by SetRiskConfiguration: pool.call",
    ),
    "a setting of a wrong type": (
        lambda it: it.create_user_pool(AutoVerifiedAttributes="email"),
        r"CreateUserPool takes a list as AutoVerifiedAttributes, not email \(str\)",
    ),
    "two settings at once": (
        lambda it: it.create_user_pool(Pol=1, DeletionProtection=True),
        "(?s)does not know 'Pol'.*takes a string as DeletionProtection, not True",
    ),
    "a region": (lambda it: it.create_user_pool(region="Ireland"), "region is the name of an AWS region, such as"),
    "an id without region": (
        lambda it: it.create_user_pool(id="Fixed"),
        "its region, _ and letters or digits: 'us-east",
    ),
    "an id elsewhere": (
        lambda it: it.create_user_pool(id="eu-west-1_Fixed1", region="us-east-1"),
        "is of a pool in eu-west-1: leave out region='us-east-1'",
    ),
    "an operation": (lambda it: it.call("AdminGetUsr"), "no operation 'AdminGetUsr': did you mean 'AdminGetUser'?"),
    "boto3's name": (lambda it: it.call("list_user_pools"), "did you mean 'ListUserPools'?"),
    "a service": (lambda it: it.call("ListUserPools", service="cognito"), "no service 'cognito' here"),
    "a pin": (lambda it: it.call("SignUp", pins={"user": "x"}), "nothing is pinned by 'user': there is pool, client"),
    "a pinned number": (lambda it: it.call("SignUp", pins={"sub": 1}), "what is pinned is a string, not 1"),
    "calls of an operation": (lambda it: it.calls.of("InitateAuth"), "did you mean 'InitiateAuth'?"),
    "invocations of a trigger": (lambda it: it.triggers.of("PreSignup"), "did you mean 'PreSignUp'?"),
    "an invocation": (lambda it: it.triggers.last("PreSignUp_Signup"), "did you mean 'PreSignUp_SignUp'?"),
    "a trigger without a name": (lambda it: it.triggers.on(print), r'write @pool.on\("PreSignUp"\)'),
    "a function by name": (
        lambda it: it.triggers.register("PreSignUp", print),
        "for its ARN, such as 'arn:aws:lambda:",
    ),
    "an ARN without function": (lambda it: it.triggers.register(ARN, "handler"), "takes event and context"),
    "an address that is none": (
        lambda it: it.outbox.to(None),
        "sent to an address or a phone number, such as user.email",
    ),
    "the last to nobody": (lambda it: it.outbox.last(to=5), "sent to an address or a phone number, such as user.email"),
}


@pytest.mark.parametrize(("use", "message"), COGNITO.values(), ids=COGNITO)
def test_of_a_cognito(cognito: Cognito, cognito_user_pool: UserPool, use: Callable[[Any], Any], message: str) -> None:
    cognito.calls.clear()

    with pytest.raises(UsageError, match=message):
        use(cognito)

    assert (len(cognito.pools), len(cognito.calls), len(cognito.outbox)) == (1, 0, 0)


EVENTS: dict[str, tuple[Use, str]] = {
    "a user's name": (lambda it, user: it.events.post_authentication("alice"), r"write pool.user\('alice'\)"),
    "one scope": (lambda it, user: it.events.pre_token_generation(user, scopes="a/b"), r'write scopes=\["a/b"\]'),
    "a source": (lambda it, user: it.events.custom_message(user, "Signup"), "has no source 'Signup'"),
    "a client's id": (lambda it, user: it.events.post_authentication(user, client="x"), "client takes an app client"),
    "an administrator's client": (
        lambda it, user: it.events.custom_message(user, client=user.pool.client, by_admin=True),
        "a call of an administrator has no app client",
    ),
    "an invitation's client": (
        lambda it, user: it.events.pre_sign_up(source="AdminCreateUser", client=user.pool.client),
        "a call of an administrator has no app client",
    ),
    "another pool": (
        lambda it, user: it.events.pre_authentication(user, pool=it.create_user_pool()),
        "is of another pool than <UserPool .*>: leave out pool=",
    ),
}


@pytest.mark.parametrize(("use", "message"), EVENTS.values(), ids=EVENTS)
def test_of_events(cognito: Cognito, cognito_user: User, use: Use, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        use(cognito, cognito_user)


def test_what_awss_validation_says_stays_awss(cognito: Cognito) -> None:
    """Names and types are checked as botocore's client does; the rest is the service's to refuse, in its words."""
    from pytest_cognito import AWSError

    with pytest.raises(AWSError, match="Member must satisfy enum value set"):
        cognito.create_user_pool(MfaConfiguration="MAYBE")
    with pytest.raises(AWSError, match="Value null at 'username' failed to satisfy constraint"):
        cognito.create_user_pool().call("AdminGetUser")
