"""Assemblies as ``cdk synth`` writes them, with little in them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.support.trigger_projects import LAMBDA_TRUST

CODE_HASH, LAYER_HASH, NESTED_HASH = "c" * 64, "1" * 64, "d" * 64
NESTED_ID = "ClientsNestedStackClientsNestedStackResourceE8E32C36"
NESTED_PATH = "Clients.NestedStack/Clients.NestedStackResource"
HANDLER = """
import os
import shared

def handler(event, context):
    event["response"]["autoConfirmUser"] = os.environ["CONFIRM"] == shared.YES
    return event
"""
_BUCKET = {"Fn::Sub": "cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}"}
_BOOTSTRAP = {
    "BootstrapVersion": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/cdk-bootstrap/hnb659fds/version"}
}
_RULES = {
    "CheckBootstrapVersion": {
        "Assertions": [{"Assert": {"Fn::Not": [{"Fn::Contains": [["1", "2"], {"Ref": "BootstrapVersion"}]}]}}]
    }
}
_EXPORT = "Notes:ExportsOutputRefPoolD3F588B8"


def notes() -> dict[str, Any]:
    """The template of a stack with a pool, its trigger with a layer, and a nested stack."""
    nested_url = ["https://s3.", {"Ref": "AWS::Region"}, ".amazonaws.com/", _BUCKET, f"/{NESTED_HASH}.json"]
    return {
        "Resources": {
            "LayerB20D2F06": {
                "Type": "AWS::Lambda::LayerVersion",
                "Properties": {"Content": {"S3Bucket": _BUCKET, "S3Key": f"{LAYER_HASH}.zip"}},
            },
            "PreSignUpServiceRole5058B34C": {
                "Type": "AWS::IAM::Role",
                "Properties": {"AssumeRolePolicyDocument": LAMBDA_TRUST},
            },
            "PreSignUp1C2BA29E": {
                "Type": "AWS::Lambda::Function",
                "Properties": {
                    "Code": {"S3Bucket": _BUCKET, "S3Key": f"{CODE_HASH}.zip"},
                    "Handler": "app.handler",
                    "Runtime": "python3.12",
                    "Environment": {"Variables": {"CONFIRM": "yes"}},
                    "Layers": [{"Ref": "LayerB20D2F06"}],
                    "Role": {"Fn::GetAtt": ["PreSignUpServiceRole5058B34C", "Arn"]},
                },
                "DependsOn": ["PreSignUpServiceRole5058B34C"],
            },
            "PoolPreSignUpCognito7B659E45": {
                "Type": "AWS::Lambda::Permission",
                "Properties": {
                    "Action": "lambda:InvokeFunction",
                    "FunctionName": {"Fn::GetAtt": ["PreSignUp1C2BA29E", "Arn"]},
                    "Principal": "cognito-idp.amazonaws.com",
                    "SourceArn": {"Fn::GetAtt": ["PoolD3F588B8", "Arn"]},
                },
            },
            "PoolD3F588B8": {
                "Type": "AWS::Cognito::UserPool",
                "Properties": {
                    "AdminCreateUserConfig": {"AllowAdminCreateUserOnly": False},
                    "LambdaConfig": {"PreSignUp": {"Fn::GetAtt": ["PreSignUp1C2BA29E", "Arn"]}},
                },
                "DeletionPolicy": "Retain",
                "UpdateReplacePolicy": "Retain",
            },
            NESTED_ID: {
                "Type": "AWS::CloudFormation::Stack",
                "Properties": {
                    "Parameters": {"referencetoPoolRef": {"Ref": "PoolD3F588B8"}},
                    "TemplateURL": {"Fn::Join": ["", nested_url]},
                },
            },
        },
        "Outputs": {"ExportsOutputRefPool": {"Value": {"Ref": "PoolD3F588B8"}, "Export": {"Name": _EXPORT}}},
        "Parameters": _BOOTSTRAP,
        "Rules": _RULES,
    }


def client_of(pool: object, **more: Any) -> dict[str, Any]:
    """A template with an app client."""
    client = {"Type": "AWS::Cognito::UserPoolClient", "Properties": {"UserPoolId": pool}}
    return {"Resources": {"Client4A7F64DF": client}, **more}


def write_assembly(root: Path, *, with_metadata: bool = True, stage: bool = False) -> Path:
    """An application with the stacks Notes and NotesWeb, and Notes once more in a stage if asked; its directory.

    CDK's CLI synthesizes it ``with_metadata`` in the templates; without, they are in a file of their own.
    """
    out = root / "cdk.out"
    paths = {
        "LayerB20D2F06": "Layer/Resource",
        "PreSignUp1C2BA29E": "PreSignUp/Resource",
        "PoolD3F588B8": "Pool/Resource",
        NESTED_ID: NESTED_PATH,
    }
    artifacts = {
        **_stack(out, "Notes", notes(), paths, with_metadata=with_metadata),
        **_stack(
            out,
            "NotesWeb",
            client_of({"Fn::ImportValue": _EXPORT}, Parameters=_BOOTSTRAP),
            {"Client4A7F64DF": "Client/Resource"},
            with_metadata=with_metadata,
            after=["Notes"],
        ),
        "Tree": {"type": "cdk:tree", "properties": {"file": "tree.json"}},
        "aws-cdk-lib/feature-flag-report": {"type": "cdk:feature-flag-report", "properties": {"flags": {}}},
    }
    if stage:
        properties = {"directoryName": "assembly-Prod", "displayName": "Prod"}
        artifacts["assembly-Prod"] = {"type": "cdk:cloud-assembly", "properties": properties}
        inner = _stack(
            out / "assembly-Prod",
            "ProdNotes494EE8F7",
            notes(),
            paths,
            with_metadata=with_metadata,
            name="Prod-Notes",
            shown="Prod/Notes",
            environment="aws://111122223333/eu-west-1",
        )
        _write(out / "assembly-Prod/manifest.json", {"version": "55.0.0", "artifacts": inner})
    _write(out / "manifest.json", {"version": "55.0.0", "artifacts": artifacts})
    return out


def _stack(
    out: Path,
    key: str,
    template: dict[str, Any],
    paths: Mapping[str, str],
    *,
    with_metadata: bool,
    after: list[str] | None = None,
    name: str | None = None,
    shown: str | None = None,
    environment: str = "aws://unknown-account/unknown-region",
) -> dict[str, Any]:
    """Write a stack with its assets; its artifacts in the manifest."""
    shown = shown or key
    metadata: dict[str, list[dict[str, str]]] = {f"/{shown}": [{"type": "aws:cdk:templateFile", "data": f"{key}.json"}]}
    nested = f"{key}Clients.nested.template.json"
    if NESTED_ID in template["Resources"]:
        metadata[f"/{shown}/Clients"] = [{"type": "aws:cdk:templateFile", "data": nested}]
        metadata[f"/{shown}/Clients/Client/Resource"] = [{"type": "aws:cdk:logicalId", "data": "Client4A7F64DF"}]
        inner = client_of({"Ref": "referencetoPoolRef"}, Parameters={"referencetoPoolRef": {"Type": "String"}})
        if with_metadata:
            inner["Resources"]["Client4A7F64DF"]["Metadata"] = {"aws:cdk:path": f"{shown}/Clients/Client/Resource"}
        _write(out / nested, inner)
        _file(out / f"asset.{CODE_HASH}/app.py", HANDLER)
        _file(out / f"asset.{LAYER_HASH}/python/shared.py", "YES = 'yes'\n")
    for logical_id, path in paths.items():
        metadata[f"/{shown}/{path}"] = [{"type": "aws:cdk:logicalId", "data": logical_id}]
        if with_metadata:
            template["Resources"][logical_id]["Metadata"] = {
                "aws:cdk:path": f"{shown}/{path}",
                **_asset(logical_id, nested),
            }
    _write(out / f"{key}.json", template)
    _write(out / f"{key}.metadata.json", {} if with_metadata else metadata)
    files = _files(nested) if NESTED_ID in template["Resources"] else {}
    _write(out / f"{key}.assets.json", {"version": "55.0.0", "files": files, "dockerImages": {}})
    properties = {"templateFile": f"{key}.json", **({"stackName": name} if name else {})}
    return {
        f"{key}.assets": {"type": "cdk:asset-manifest", "properties": {"file": f"{key}.assets.json"}},
        key: {
            "type": "aws:cloudformation:stack",
            "environment": environment,
            "properties": properties,
            "dependencies": [*(after or ()), f"{key}.assets"],
            "additionalMetadataFile": f"{key}.metadata.json",
            "displayName": shown,
        },
    }


def _asset(logical_id: str, nested: str) -> dict[str, str]:
    found = {
        "LayerB20D2F06": (f"asset.{LAYER_HASH}", "Content"),
        "PreSignUp1C2BA29E": (f"asset.{CODE_HASH}", "Code"),
        NESTED_ID: (nested, "TemplateURL"),
    }.get(logical_id)
    return {} if found is None else {"aws:asset:path": found[0], "aws:asset:property": found[1]}


def _files(nested: str) -> dict[str, Any]:
    assets = {
        CODE_HASH: (f"asset.{CODE_HASH}", "zip"),
        LAYER_HASH: (f"asset.{LAYER_HASH}", "zip"),
        NESTED_HASH: (nested, "json"),
    }
    return {
        key: {
            "source": {"path": path, "packaging": "zip" if kind == "zip" else "file"},
            "destinations": {"current_account-current_region": {"bucketName": "b", "objectKey": f"{key}.{kind}"}},
        }
        for key, (path, kind) in assets.items()
    }


def _write(path: Path, content: object) -> None:
    _file(path, json.dumps(content, indent=1))


def _file(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
