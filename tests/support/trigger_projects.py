"""Projects with a template, and the Python code of its Lambda functions beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent
from typing import Any

from pytest_cognito.cognito import Cognito
from pytest_cognito.infrastructure.stacks.stack import Stack
from pytest_cognito.report.calls import all_lines

PASSWORD = "Corr3ct-horse!"
POOL_ARN = {"Fn::GetAtt": ["Pool", "Arn"]}
LAMBDA_TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}}],
}
ROLE = {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": LAMBDA_TRUST}}


def permission(function: object = None, **changes: Any) -> dict[str, Any]:
    """A permission for user pools to invoke a function, ``Hook``. A property that is None is not there."""
    properties = {
        "FunctionName": function or {"Ref": "Hook"},
        "Action": "lambda:InvokeFunction",
        "Principal": "cognito-idp.amazonaws.com",
        "SourceArn": POOL_ARN,
        **changes,
    }
    given = {name: value for name, value in properties.items() if value is not None}
    return {"Type": "AWS::Lambda::Permission", "Properties": given}


def function(code: object = "src", handler: str = "app.handler", **properties: Any) -> dict[str, Any]:
    """A function in Python."""
    own = {"Code": code, "Handler": handler, "Runtime": "python3.12", "Role": {"Fn::GetAtt": ["Role", "Arn"]}}
    return {"Type": "AWS::Lambda::Function", "Properties": {**own, **properties}}


def resources(hook: Mapping[str, Any] | None = None, **others: Any) -> dict[str, Any]:
    """A pool with a client, and a function, ``Hook``, as its PreSignUp; ``others`` replace or come beside them.

    One that is None is left out.
    """
    arn = {"Fn::GetAtt": ["Hook", "Arn"]}
    found = {
        "Role": ROLE,
        "Pool": {"Type": "AWS::Cognito::UserPool", "Properties": {"LambdaConfig": {"PreSignUp": arn}}},
        "Client": {"Type": "AWS::Cognito::UserPoolClient", "Properties": {"UserPoolId": {"Ref": "Pool"}}},
        "Hook": hook or function(),
        "HookPermission": permission(),
        **others,
    }
    return {name: resource for name, resource in found.items() if resource is not None}


class Project:
    """A directory with files of an application, from whose templates stacks are made."""

    def __init__(self, cognito: Cognito, root: Path) -> None:
        self.cognito = cognito
        self.root = root

    def write(self, **files: str) -> Project:
        """Write files by their paths: ``write(**{"src/app.py": "…"})``."""
        for name, text in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(text), encoding="utf-8")
        return self

    def deploy(self, template: Mapping[str, Any] | str | None = None, **given: Any) -> Stack:
        """Deploy resources, or the text of a template; ``resources()`` without."""
        if isinstance(template, str):
            path = self.root / "template.yaml"
            path.write_text(dedent(template), encoding="utf-8")
        else:
            path = self.root / "template.json"
            content = {"Resources": resources() if template is None else template}
            path.write_text(json.dumps(content, indent=1), encoding="utf-8")
        return self.cognito.deploy(path, name="notes", **given)

    def sign_up(self, stack: Stack, client: str | None = None) -> dict[str, Any]:
        """Sign ann up at an app client of a stack."""
        return self.cognito.call(
            "SignUp", ClientId=stack.client(client).id, Username="ann", Password=PASSWORD, region=stack.region
        )

    def update(self, stack: Stack, template: Mapping[str, Any]) -> None:
        """Update a stack to other resources."""
        path = self.root / "changed.json"
        path.write_text(json.dumps({"Resources": template}), encoding="utf-8")
        stack.update(path)

    def report(self) -> str:
        """What a failing test would show of the calls, on one line."""
        return " ".join(" ".join(all_lines(list(self.cognito.calls), self.cognito.region)).split())
