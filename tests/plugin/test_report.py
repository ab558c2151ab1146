"""What a failing test shows of Cognito, and that a passing one shows nothing."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

from .conftest import Run
from .sections import SIGN_IN, section, sections


def test_a_failing_test_shows_its_calls_with_their_outcomes(run: Run) -> None:
    shown = section(
        run,
        """
        def test_it(cognito_user):
            client = boto3.client("cognito-idp")
            client.list_users(UserPoolId=cognito_user.pool.id)
            client.list_groups(UserPoolId=cognito_user.pool.id)
            client.admin_get_user(UserPoolId=cognito_user.pool.id, Username="alice")
            client.admin_get_user(UserPoolId=cognito_user.pool.id, Username="Bob")
        """,
    )

    setup, test = shown.split("test:\n")
    pool = re.search(r"Id=(us-east-1_\w+)", setup)
    assert pool is not None
    assert setup.startswith("set-up:\nCreateUserPool PoolName=pytest AutoVerifiedAttributes=[email] → Id=")
    assert test.replace(pool[1], "POOL") == textwrap.dedent(
        """\
        ListUsers UserPoolId=POOL → Users=[alice]
        ListGroups UserPoolId=POOL → Groups=[]
        AdminGetUser UserPoolId=POOL Username=alice
            → Username=alice UserStatus=CONFIRMED Enabled=True
        AdminGetUser UserPoolId=POOL Username=Bob
            → UserNotFoundException: User does not exist.
            · users of POOL: alice
        """
    )


def test_triggers_show_what_they_changed_and_calls_made_inside_are_indented(run: Run) -> None:
    shown = section(
        run,
        """
        def confirm(event, context):
            boto3.client("cognito-idp").list_users(UserPoolId=event["userPoolId"])
            event["response"]["autoConfirmUser"] = True
            return event

        @pytest.mark.cognito(triggers={"PreSignUp": confirm})
        def test_it(cognito_user_pool):
            sign_up(cognito_user_pool)
            assert False
        """,
    )

    lines = shown.splitlines()
    place = lines.index("    trigger PreSignUp_SignUp changed autoConfirmUser=True")
    inner = lines[place + 1]
    assert re.fullmatch(r"      ListUsers UserPoolId=\S+ → Users=\[\]", inner)


@pytest.mark.parametrize(
    ("does", "told"),
    [
        ("return None", r"with code \d{6}"),
        ("raise ValueError('no mail today')", r"with code \d{6} raised ValueError: no mail"),
    ],
)
def test_a_sender_shows_the_code_that_it_got(run: Run, does: str, told: str) -> None:
    shown = section(
        run,
        f"""
        def send(event, context):
            {does}

        @pytest.mark.cognito(triggers={{"CustomEmailSender": send}})
        def test_it(cognito_user_pool):
            sign_up(cognito_user_pool)
            assert False
        """,
    )

    assert re.search(f"(?m)^    trigger CustomEmailSender_SignUp {told}", shown)


def test_a_trigger_that_failed_shows_its_exception_and_where(run: Run) -> None:
    shown = section(
        run,
        """
        def tenant_of(email):
            raise LookupError(f"no tenant for {email}")

        def check(event, context):
            return tenant_of(event["request"]["userAttributes"]["email"])

        @pytest.mark.cognito(triggers={"PreSignUp": check})
        def test_it(cognito_user_pool):
            sign_up(cognito_user_pool)
        """,
    )

    lines = [line.strip() for line in re.sub(r"\n {8}", " ", shown).splitlines()]
    start = lines.index("trigger PreSignUp_SignUp raised LookupError: no tenant for bob@example.com")
    calls = [re.sub(r"\S+\.py:\d+", "FILE", line) for line in lines[start + 1 :]]
    assert calls == [
        'FILE in check: return tenant_of(event["request"]["userAttributes"]["email"])',
        'FILE in tenant_of: raise LookupError(f"no tenant for {email}")',
    ]


def test_messages_show_recipient_and_code(run: Run) -> None:
    shown = section(
        run,
        """
        def test_it(cognito_user_pool, cognito_outbox):
            sign_up(cognito_user_pool)
            assert cognito_outbox.last().code is None
        """,
    )

    assert re.search(r"^    e-mail to bob@example\.com: code \d{6}$", shown, re.MULTILINE)


def test_the_state_is_that_of_the_failure(run: Run) -> None:
    shown = section(
        run,
        """
        def test_it(cognito_user_pool):
            sign_up(cognito_user_pool)
            with pytest.raises(Exception, match="not confirmed"):
                sign_in(cognito_user_pool, "bob", "Passw0rd!")
            cognito_user_pool.call("AdminConfirmSignUp", Username="bob")
            cognito_user_pool.call("AdminDeleteUser", Username="bob")
            assert False
        """,
    )

    assert "· bob: UNCONFIRMED, enabled" in shown


def test_secrets_are_masked(run: Run) -> None:
    test = """
        @pytest.mark.cognito(client={"GenerateSecret": True})
        def test_it(cognito_user, cognito_user_pool):
            tokens = cognito_user.sign_in()
            client = cognito_user_pool.client
            call = Cognito(cognito_user_pool.world).call
            secret_hash = client.secret_hash("bob")
            call("SignUp", ClientId=client.id, Username="bob", Password="Bobs-Passw0rd", SecretHash=secret_hash,
                 UserAttributes=[{"Name": "email", "Value": "bob@example.com"}, {"Name": "name", "Value": "Robert"}])
            cognito_user_pool.call("DescribeUserPoolClient", ClientId=client.id)
            cognito_user_pool.call("AdminCreateUser", Username="zoe", TemporaryPassword="Zoes-Passw0rd",
                UserAttributes=[{"Name": "email", "Value": "zoe@example.com"}], DesiredDeliveryMediums=["EMAIL"])
            started = call("InitiateAuth", ClientId=client.id, AuthFlow="USER_PASSWORD_AUTH", AuthParameters={
                "USERNAME": "zoe", "PASSWORD": "Zoes-Passw0rd", "SECRET_HASH": client.secret_hash("zoe")})
            call("GetUser", AccessToken=tokens.access_token)
            secrets = [tokens.access_token, tokens.id_token, tokens.refresh_token, client.secret, secret_hash,
                "Bobs-Passw0rd", "Robert", "Zoes-Passw0rd", started["Session"], cognito_user.password]
            Path("secrets").write_text("\\n".join(secrets))
            pytest.fail("on purpose", pytrace=False)
        """
    result = run(SIGN_IN + textwrap.dedent(test))

    (shown,) = sections(result)
    secrets = Path("secrets").read_text().split("\n")
    assert len(secrets) == 10
    assert [secret for secret in secrets if secret[:12] in shown] == []
    assert "USERNAME=zoe PASSWORD=*** SECRET_HASH=***" in shown.replace("\n    ", " ")
    assert "e-mail to zoe@example.com: a temporary password" in shown


def test_lines_are_no_wider_than_a_hundred_columns(run: Run) -> None:
    shown = section(
        run,
        """
        @pytest.mark.cognito(pool={"PoolName": "x" * 100, "AliasAttributes": ["email", "phone_number"]})
        def test_it(cognito_user_pool):
            cognito_user_pool.create_users(40)
            cognito_user_pool.call("ListUsers")
            cognito_user_pool.call("DescribeUserPool")
            cognito_user_pool.call("CreateGroup", GroupName="admins", Description="word " * 60)
            cognito_user_pool.call("CreateGroup", GroupName="g" * 128)
            cognito_user_pool.call("AdminGetUser", Username="nobody")
        """,
    )

    assert max(map(len, shown.splitlines())) <= 100
    assert "… 40 in all]" in shown


def test_of_very_many_calls_the_last_are_shown(run: Run) -> None:
    shown = section(
        run,
        """
        def test_it(cognito):
            for number in range(200):
                cognito.call("ListUserPools", MaxResults=1 + number % 60)
            assert False
        """,
    )

    assert shown.startswith("(150 calls before these; --cognito-trace shows all)\n")
    assert shown.count("ListUserPools") == 50
