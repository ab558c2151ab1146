"""Deploying a template against making the same by handles."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from pytest_cognito import mock_cognito
from pytest_cognito.cognito import Cognito

from . import floor
from .measure import Row, Subject, in_turns

_DEPLOYING = "deploying a template of 12 Cognito resources"
_TEMPLATE = """
Parameters:
  Stage: {Type: String, Default: test}
Resources:
  Pool:
    Type: AWS::Cognito::UserPool
    Properties:
      UserPoolName: !Sub "notes-${Stage}"
      AutoVerifiedAttributes: [email]
      Policies: {PasswordPolicy: {MinimumLength: 8}}
  Domain: {Type: AWS::Cognito::UserPoolDomain, Properties: {UserPoolId: !Ref Pool, Domain: !Sub "notes-${Stage}"}}
  Api:
    Type: AWS::Cognito::UserPoolResourceServer
    Properties:
      UserPoolId: !Ref Pool
      Identifier: notes
      Name: notes
      Scopes: [{ScopeName: read, ScopeDescription: read}]
  Web:
    Type: AWS::Cognito::UserPoolClient
    DependsOn: Api
    Properties:
      UserPoolId: !Ref Pool
      ClientName: web
      AllowedOAuthFlows: [code]
      AllowedOAuthFlowsUserPoolClient: true
      AllowedOAuthScopes: [openid, notes/read]
      CallbackURLs: [https://notes.example.com/callback]
      SupportedIdentityProviders: [COGNITO]
  Mobile: {Type: AWS::Cognito::UserPoolClient, Properties: {UserPoolId: !Ref Pool, ClientName: mobile}}
  Service:
    Type: AWS::Cognito::UserPoolClient
    Properties: {UserPoolId: !Ref Pool, ClientName: service, GenerateSecret: true}
  Admins: {Type: AWS::Cognito::UserPoolGroup, Properties: {UserPoolId: !Ref Pool, GroupName: admins, Precedence: 1}}
  Editors: {Type: AWS::Cognito::UserPoolGroup, Properties: {UserPoolId: !Ref Pool, GroupName: editors, Precedence: 2}}
  Readers: {Type: AWS::Cognito::UserPoolGroup, Properties: {UserPoolId: !Ref Pool, GroupName: readers, Precedence: 3}}
  Ann:
    Type: AWS::Cognito::UserPoolUser
    Properties: {UserPoolId: !Ref Pool, Username: ann, MessageAction: SUPPRESS}
  AnnIsAdmin:
    Type: AWS::Cognito::UserPoolUserToGroupAttachment
    Properties: {UserPoolId: !Ref Pool, Username: !Ref Ann, GroupName: !Ref Admins}
  Identities:
    Type: AWS::Cognito::IdentityPool
    Properties:
      IdentityPoolName: notes
      AllowUnauthenticatedIdentities: false
      CognitoIdentityProviders: [{ProviderName: !GetAtt Pool.ProviderName, ClientId: !Ref Web}]
Outputs:
  PoolId: {Value: !Ref Pool}
"""


def _deploying(quick: bool) -> Iterable[Row]:
    with mock_cognito(region=floor.REGION, seed="benchmarks") as cognito, tempfile.TemporaryDirectory() as directory:
        path = Path(directory, "template.yaml")
        path.write_text(_TEMPLATE, encoding="utf-8")

        def deploy() -> float:
            start = time.process_time()
            cognito.deploy(path, name="notes")
            return _taken(cognito, start)

        def by_handles() -> float:
            start = time.process_time()
            _make(cognito)
            return _taken(cognito, start)

        deploy()  # imports
        yield Row(_DEPLOYING, "by handles", 2.0, in_turns(10 if quick else 40, deploy, by_handles))


def _taken(cognito: Cognito, start: float) -> float:
    taken = time.process_time() - start
    cognito.reset()
    return taken


def _make(cognito: Cognito) -> None:
    """The same resources."""
    pool = cognito.create_user_pool(
        PoolName="notes-test", AutoVerifiedAttributes=["email"], Policies={"PasswordPolicy": {"MinimumLength": 8}}
    )
    pool.create_domain("notes-test")
    scopes = [{"ScopeName": "read", "ScopeDescription": "read"}]
    pool.call("CreateResourceServer", Identifier="notes", Name="notes", Scopes=scopes)
    web = pool.create_client(
        ClientName="web",
        AllowedOAuthFlows=["code"],
        AllowedOAuthFlowsUserPoolClient=True,
        AllowedOAuthScopes=["openid", "notes/read"],
        CallbackURLs=["https://notes.example.com/callback"],
        SupportedIdentityProviders=["COGNITO"],
    )
    pool.create_client(ClientName="mobile")
    pool.create_client(ClientName="service", GenerateSecret=True)
    for precedence, name in enumerate(("admins", "editors", "readers"), 1):
        pool.create_group(name, Precedence=precedence)
    pool.call("AdminCreateUser", Username="ann", MessageAction="SUPPRESS")
    pool.add_to_group("ann", "admins")
    trusted = {"ProviderName": pool.provider_name, "ClientId": web.id}
    cognito.create_identity_pool(IdentityPoolName="notes", CognitoIdentityProviders=[trusted])


SUBJECTS = (Subject((_DEPLOYING,), _deploying),)
