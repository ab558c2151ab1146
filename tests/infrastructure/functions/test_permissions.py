"""A trigger runs if a permission lets Cognito invoke its function, and not otherwise."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.handles.identity_pool import IdentityPool
from pytest_cognito.lambda_functions.permissions import arn_like
from tests.support.trigger_projects import ROLE, Project, function, permission, resources

CONFIRM = "def handler(event, context):\n    event['response']['autoConfirmUser'] = True\n    return event\n"
DENIED = ("UnexpectedLambdaException", "PreSignUp invocation failed due to error AccessDeniedException.")


@pytest.fixture(autouse=True)
def code(project: Project) -> None:
    project.write(**{"src/app.py": CONFIRM})


def refusal(project: Project, template: dict[str, Any]) -> tuple[str, str] | None:
    """How the sign-up at the client of a template is refused, if it is."""
    stack = project.deploy(template)
    try:
        project.sign_up(stack)
    except AWSError as error:
        return error.code, error.message
    return None


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"SourceArn": None},
        {"SourceArn": {"Fn::Sub": "arn:aws:cognito-idp:${AWS::Region}:${AWS::AccountId}:userpool/*"}},
        {"SourceArn": "arn:aws:cognito-idp:*:*:userpool/us-east-1_?????????"},
        {"SourceAccount": {"Ref": "AWS::AccountId"}},
        {"Action": "lambda:*"},
        {"Action": "lambda:invokeFunction"},
        {"Principal": "*"},
        {"FunctionName": {"Fn::GetAtt": ["Hook", "Arn"]}},
        {"FunctionName": {"Fn::Sub": "${AWS::AccountId}:function:${Hook}"}},
    ],
)
def test_these_let_it(project: Project, changes: dict[str, Any]) -> None:
    assert refusal(project, resources(HookPermission=permission(**changes))) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"SourceArn": "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_another00"},
        {"SourceArn": "arn:aws:cognito-idp:*"},  # a star stays within one part of an ARN
        {"SourceAccount": "111122223333"},
        {"Action": "lambda:GetFunction"},
        {"Principal": "cognito-sync.amazonaws.com"},
        {"Principal": "123456789012"},
        {"EventSourceToken": "token"},
        {"FunctionName": {"Fn::Sub": "${Hook}:live"}},
    ],
)
def test_these_do_not(project: Project, changes: dict[str, Any]) -> None:
    assert refusal(project, resources(HookPermission=permission(**changes))) == DENIED


def test_without_one_the_call_fails_as_at_aws(project: Project) -> None:
    assert refusal(project, resources(HookPermission=None)) == DENIED
    told = project.cognito.triggers.last("PreSignUp").refusal
    assert told is not None
    assert "No AWS::Lambda::Permission of Hook lets cognito-idp.amazonaws.com invoke it" in told
    assert "Add one with FunctionName: Hook" in told


def test_what_another_permission_lacks_is_told(project: Project) -> None:
    refusal(project, resources(HookPermission=permission(Principal="s3.amazonaws.com", SourceArn=None)))
    told = project.cognito.triggers.last("PreSignUp").refusal or ""
    assert "has Principal s3.amazonaws.com" in told


def test_several_are_looked_at(project: Project) -> None:
    other = permission(Principal="s3.amazonaws.com", SourceArn=None)
    assert refusal(project, resources(OtherPermission=other)) is None


def test_the_report_of_a_failing_test_says_which_one_to_add(project: Project) -> None:
    refusal(project, resources(HookPermission=None))
    shown = project.report()
    assert "trigger PreSignUp_SignUp was not invoked: AccessDeniedException. No" in shown
    assert "Add one with FunctionName: Hook" in shown


def test_one_that_an_update_takes_away_is_missed(project: Project) -> None:
    stack = project.deploy()
    assert project.sign_up(stack)["UserConfirmed"]
    project.update(stack, resources(HookPermission=None))
    with pytest.raises(AWSError, match="AccessDeniedException"):
        project.cognito.call("AdminCreateUser", UserPoolId=stack.user_pool().id, Username="bob")


def test_a_function_that_a_test_registers_by_itself_needs_none(project: Project) -> None:
    pool = project.cognito.create_user_pool(PoolName="own")
    project.deploy()
    pool.on("PreSignUp")(lambda event, context: event)
    assert pool.create_user("ann").username == "ann"


def test_a_custom_sender_that_may_not_run_sends_nothing(project: Project) -> None:
    sender = {"LambdaVersion": "V1_0", "LambdaArn": {"Fn::GetAtt": ["Hook", "Arn"]}}
    key = "arn:aws:kms:us-east-1:123456789012:key/11112222-3333-4444-5555-666677778888"
    pool = {"LambdaConfig": {"CustomEmailSender": sender, "KMSKeyID": key}, "AutoVerifiedAttributes": ["email"]}
    template = resources(Pool={"Type": "AWS::Cognito::UserPool", "Properties": pool}, HookPermission=None)
    stack = project.deploy(template)
    project.cognito.call(
        "SignUp",
        ClientId=stack.client().id,
        Username="ann",
        Password="Corr3ct-horse!",
        UserAttributes=[{"Name": "email", "Value": "ann@example.com"}],
    )
    assert "AccessDeniedException" in (project.cognito.triggers.last("CustomEmailSender").refusal or "")


@pytest.mark.parametrize("service", ["cognito-sync", "cognito-idp"])
def test_cognito_events_need_one_of_their_own(
    project: Project, service: str, cognito_identity_pool: IdentityPool
) -> None:
    allowed = permission(Principal=f"{service}.amazonaws.com", SourceArn=None)
    stack = project.write(**{"src/app.py": "def handler(event, context): return event"}).deploy(
        {"Role": ROLE, "Hook": function(), "HookPermission": allowed}
    )
    pool: dict[str, Any] = {"IdentityPoolId": cognito_identity_pool.id}
    events = {"SyncTrigger": stack.function("Hook").arn}
    project.cognito.call("SetCognitoEvents", service="cognito-sync", Events=events, **pool)
    guest = cognito_identity_pool.guest()
    client: Any = guest.credentials().session().client("cognito-sync")
    dataset = {**pool, "IdentityId": guest.id, "DatasetName": "d"}
    session = client.list_records(**dataset)["SyncSessionToken"]
    patches = [{"Op": "replace", "Key": "k", "Value": "v", "SyncCount": 0}]
    if service == "cognito-sync":
        assert client.update_records(**dataset, SyncSessionToken=session, RecordPatches=patches)["Records"]
    else:
        with pytest.raises(ClientError, match="AccessDeniedException"):
            client.update_records(**dataset, SyncSessionToken=session, RecordPatches=patches)


@pytest.mark.parametrize(
    ("pattern", "matches"),
    [
        ("arn:aws:cognito-idp:us-east-1:1:userpool/us-east-1_a", True),
        ("arn:*:cognito-idp:*:*:userpool/*", True),
        ("arn:aws:*:userpool/us-east-1_a", False),
        ("*", False),
        ("arn:aws:cognito-idp:us-east-1:1:userpool/us-east-1_", False),
    ],
)
def test_patterns_of_arns(pattern: str, matches: bool) -> None:
    assert arn_like(pattern, "arn:aws:cognito-idp:us-east-1:1:userpool/us-east-1_a") is matches
