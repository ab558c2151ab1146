"""Deploying a template against making the same by handles, and what tests pay that begin with a stack."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from pytest_cognito import mock_cognito
from pytest_cognito.cognito import Cognito, UserPool
from pytest_cognito.mock import Mock
from pytest_cognito.world import World

from . import floor
from .measure import Row, Subject, in_turns, repeated

_DEPLOYING = "deploying a template of 12 Cognito resources"
_SEEDED = "a test that begins with a seeded stack"
_TIMES = 10
"""How many make a sample: garbage is collected in some of them and not in others."""
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
            return _taken(cognito, lambda: cognito.deploy(path, name="notes"))

        def by_handles() -> float:
            return _taken(cognito, lambda: _make(cognito))

        deploy()  # imports
        yield Row(_DEPLOYING, "by handles", 2.0, in_turns(10 if quick else 40, deploy, by_handles))


def _seeded(quick: bool) -> Iterable[Row]:
    """What `cognito_seed` has set up is there in each test: a world begins, somebody signs in, the world ends."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory, "template.yaml")
        path.write_text(_TEMPLATE, encoding="utf-8")
        with mock_cognito(region=floor.REGION, seed="stack") as stack:
            _with_user(stack.deploy(path, name="notes").user_pool())
    with mock_cognito(region=floor.REGION, seed="pool") as pool:
        _with_user(pool.create_user_pool(PoolName="notes-test"))
    ours = repeated(lambda: _test(stack.world, lambda cognito: cognito.stack("notes").user_pool()))
    theirs = repeated(lambda: _test(pool.world, lambda cognito: cognito.pools[0]))
    yield Row(_SEEDED, "with a seeded pool", 1.1, in_turns(15 if quick else 60, ours, theirs))


def _with_user(pool: UserPool) -> None:
    pool.create_user("alice")
    pool.tokens_for("alice")  # which makes the app client


def _test(seeded: World, pool_of: Callable[[Cognito], UserPool]) -> None:
    with Mock(region=floor.REGION, seed="test", parent=seeded) as cognito:
        pool_of(cognito).tokens_for("alice")


def _taken(cognito: Cognito, make: Callable[[], object]) -> float:
    taken = 0.0
    for _ in range(_TIMES):
        start = time.process_time()
        make()
        taken += time.process_time() - start
        cognito.reset()
    return taken / _TIMES


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


SUBJECTS = (Subject((_DEPLOYING,), _deploying), Subject((_SEEDED,), _seeded))
