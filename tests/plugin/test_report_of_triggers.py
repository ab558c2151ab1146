"""What a failing test shows of triggers: what each changed, what Cognito ignored, and why one was refused."""

from __future__ import annotations

import re

import pytest

from .conftest import Run
from .sections import section

SIGN_UP = """
def test_it(cognito_user_pool):
    cognito_user_pool.set_trigger("PreSignUp", lambda event, context: {result})
    sign_up(cognito_user_pool)
    assert False
"""
REFUSED = {
    "None": "returned None, not the event",
    "[event]": r"returned \[\{'version'.*…, not the event",
    "event | {'userName': 'eve'}": "returned the event with another userName",
    "{'response': {}}": (
        "returned the event with another version, triggerSource, region, userPoolId, userName, callerContext"
    ),
    "event | {'response': 'yes'}": "returned the event with response=yes",
    "event | {'odd': {1, 2}}": "returned what JSON cannot hold: Object of type set is not JSON serializable",
}


@pytest.mark.parametrize(("result", "told"), REFUSED.items(), ids=REFUSED)
def test_a_function_that_returned_something_else_did_not_raise(run: Run, result: str, told: str) -> None:
    shown = section(run, SIGN_UP.format(result=result))

    assert re.search(rf"trigger PreSignUp_SignUp {told}\n", re.sub(r"\n {6}", " ", shown))
    assert " raised " not in shown


def test_a_function_that_took_too_long(run: Run) -> None:
    shown = section(
        run,
        """
        def test_it(cognito_user_pool, cognito_clock):
            slow = lambda event, context: cognito_clock.advance(seconds=6) and event
            cognito_user_pool.set_trigger("PreSignUp", slow)
            sign_up(cognito_user_pool)
        """,
    )

    assert shown.count("trigger PreSignUp_SignUp took 6.") == 3
    assert " raised " not in shown


def test_a_function_that_is_not_registered_did_not_run(run: Run) -> None:
    arn = "arn:aws:lambda:us-east-1:123456789012:function:gone"
    shown = section(
        run,
        f"""
        @pytest.mark.cognito(pool={{"LambdaConfig": {{"PreSignUp": "{arn}"}}}})
        def test_it(cognito_user_pool):
            sign_up(cognito_user_pool)
        """,
    )

    assert "trigger PreSignUp_SignUp did not run: no function is registered for it\n" in shown


def test_a_function_that_made_an_unsupported_call_raised_that(run: Run) -> None:
    shown = section(
        run,
        """
        from pytest_cognito.kernel.errors import Unsupported

        def test_it(cognito_user_pool):
            def ask(event, context):
                raise Unsupported("not yet")
            cognito_user_pool.set_trigger("PreSignUp", ask)
            sign_up(cognito_user_pool)
        """,
    )

    assert "trigger PreSignUp_SignUp raised Unsupported: not yet\n" in shown


IGNORED = {
    "V1_0 claimsAndScopeOverrideDetails": (
        "claimsAndScopeOverrideDetails is ignored: Cognito reads claimsOverrideDetails"
    ),
    "V2_0 claimsOverrideDetails": "claimsOverrideDetails is ignored: Cognito reads claimsAndScopeOverrideDetails",
    "V3_0 claimsOverrideDetails": "claimsOverrideDetails is ignored: Cognito reads claimsAndScopeOverrideDetails",
    "V2_0 claimsAndScopeOverrideDetails": (
        "claimsAndScopeOverrideDetails.claimsToAddOrOverride is ignored: Cognito reads idTokenGeneration, "
        "accessTokenGeneration, groupOverrideDetails"
    ),
}


@pytest.mark.parametrize(("given", "told"), IGNORED.items(), ids=IGNORED)
def test_what_another_version_has_is_ignored(run: Run, given: str, told: str) -> None:
    version, member = given.split()
    shown = section(
        run,
        f"""
        def claims(event, context):
            event["response"]["{member}"] = {{"claimsToAddOrOverride": {{"tenant": "t1"}}}}
            return event

        def test_it(cognito_user):
            cognito_user.pool.set_trigger("PreTokenGeneration", claims, version="{version}")
            assert "tenant" in cognito_user.sign_in().id_claims
        """,
    )

    assert f"changed nothing; {told} there\n" in re.sub(r"\n {6}", " ", shown)


@pytest.mark.parametrize(
    ("member", "told"),
    [
        ("autoConfirmUser", "changed autoConfirmUser=True\n"),
        (
            "autoConfirm",
            "changed nothing; autoConfirm is ignored: Cognito reads autoConfirmUser, autoVerifyEmail, autoVerifyPhone",
        ),
    ],
)
def test_what_no_version_has_is_ignored(run: Run, member: str, told: str) -> None:
    shown = section(run, SIGN_UP.format(result=f"event | {{'response': {{'{member}': True}}}}"))

    assert told in re.sub(r"\n {6}", " ", shown)


def test_what_is_read_is_not_said_to_be_ignored(run: Run) -> None:
    shown = section(
        run,
        """
        def claims(event, context):
            event["response"]["claimsAndScopeOverrideDetails"] = {
                "idTokenGeneration": {"claimsToAddOrOverride": {"tenant": "t1"}, "claimsToSuppress": ["email"]},
                "accessTokenGeneration": {"scopesToAdd": ["a/b"], "scopesToSuppress": []},
                "groupOverrideDetails": {"groupsToOverride": ["g"], "preferredRole": None},
            }
            event["response"]["claimsOverrideDetails"] = None
            return event

        def test_it(cognito_user):
            cognito_user.pool.set_trigger("PreTokenGeneration", claims, version="V2_0")
            cognito_user.sign_in()
            assert False
        """,
    )

    assert "claimsToAddOrOverride.tenant=t1" in shown
    assert "ignored" not in shown
