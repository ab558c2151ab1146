"""Amazon Cognito in the test process."""

from typing import TYPE_CHECKING

from pytest_cognito.kernel.lazy import exports

if TYPE_CHECKING:
    from pytest_cognito.aws.errors import AWSError
    from pytest_cognito.cognito import AppClient, Cognito, Threats, Tokens, Triggers, User, UserPool
    from pytest_cognito.fronts.appsync.api import GraphQLApi
    from pytest_cognito.fronts.appsync.queries import GraphQLAnswer
    from pytest_cognito.fronts.appsync.subscriptions import GraphQLSubscription
    from pytest_cognito.fronts.http_api.api import HttpApi
    from pytest_cognito.fronts.http_api.authorizers.functions import LambdaAuthorizer
    from pytest_cognito.fronts.http_api.authorizers.jwt import JwtAuthorizer
    from pytest_cognito.fronts.load_balancer.actions import AdditionalClaim, FixedResponse, RedirectAction
    from pytest_cognito.fronts.load_balancer.load_balancer import LoadBalancer
    from pytest_cognito.fronts.load_balancer.making import LoadBalancerSettings
    from pytest_cognito.fronts.load_balancer.making_jwt import JwtValidation
    from pytest_cognito.fronts.load_balancer.signed_in import SignedIn
    from pytest_cognito.fronts.rest_api.api import RestApi
    from pytest_cognito.fronts.rest_api.authorizers.functions import RequestAuthorizer, TokenAuthorizer
    from pytest_cognito.fronts.rest_api.authorizers.user_pools import CognitoUserPoolsAuthorizer
    from pytest_cognito.fronts.rest_api.gateway_responses import GatewayResponse
    from pytest_cognito.fronts.rest_api.making import RestApiSettings
    from pytest_cognito.fronts.targets.applications import AsgiApplication, WsgiApplication
    from pytest_cognito.fronts.websocket_api.api import WebSocketApi
    from pytest_cognito.fronts.websocket_api.authorizers import WebSocketAuthorizer
    from pytest_cognito.fronts.websocket_api.connection import WebSocketConnection
    from pytest_cognito.handles.browser import Browser
    from pytest_cognito.handles.credentials import Credentials
    from pytest_cognito.handles.device import Device
    from pytest_cognito.handles.domain import Domain
    from pytest_cognito.handles.events import Events
    from pytest_cognito.handles.hosted_ui import HostedUI
    from pytest_cognito.handles.iam import IAM, IamUser, Role
    from pytest_cognito.handles.identity import Identity
    from pytest_cognito.handles.identity_pool import IdentityPool
    from pytest_cognito.handles.identity_provider import IdentityProvider
    from pytest_cognito.handles.identity_providers import OidcProvider, SamlProvider
    from pytest_cognito.handles.import_job import ImportJob
    from pytest_cognito.handles.page import Page
    from pytest_cognito.handles.passkey import Passkey
    from pytest_cognito.handles.providers import Providers
    from pytest_cognito.handles.redirect import Redirect
    from pytest_cognito.handles.sync_attempt import Synchronized
    from pytest_cognito.handles.sync_dataset import SyncDataset
    from pytest_cognito.handles.sync_device import SyncDevice
    from pytest_cognito.handles.sync_local import SyncConflict
    from pytest_cognito.iam import Decision
    from pytest_cognito.infrastructure.deploying.changes import Change, Changes
    from pytest_cognito.infrastructure.errors import DeploymentError, TemplateError
    from pytest_cognito.infrastructure.records import Deployed
    from pytest_cognito.infrastructure.stacks.function import StackFunction
    from pytest_cognito.infrastructure.stacks.stack import Stack
    from pytest_cognito.kernel.calls import Call, Caller, CallLog
    from pytest_cognito.kernel.clock import Clock
    from pytest_cognito.kernel.errors import NotMocked, Unsupported, UsageError
    from pytest_cognito.kernel.faults import Faults
    from pytest_cognito.kernel.functions import Ignored, Invocation
    from pytest_cognito.kernel.logs import LogRecord, Logs
    from pytest_cognito.kernel.outbox import Message, Outbox
    from pytest_cognito.kernel.streams import StreamFailure, StreamRecord, Streams
    from pytest_cognito.mock import mock_cognito
    from pytest_cognito.providers.amazon import Amazon
    from pytest_cognito.providers.apple import Apple
    from pytest_cognito.providers.facebook import Facebook
    from pytest_cognito.providers.google import Google
    from pytest_cognito.providers.jwt import ProviderToken
    from pytest_cognito.providers.oidc import OIDC
    from pytest_cognito.providers.opaque import AccessToken
    from pytest_cognito.providers.saml import SAML, SamlResponse
    from pytest_cognito.providers.twitter import Twitter, TwitterToken
    from pytest_cognito.providers.users import ProviderUser
    from pytest_cognito.server.socket import Server

__all__ = [
    "IAM",
    "OIDC",
    "SAML",
    "AWSError",
    "AccessToken",
    "AdditionalClaim",
    "Amazon",
    "AppClient",
    "Apple",
    "AsgiApplication",
    "Browser",
    "Call",
    "CallLog",
    "Caller",
    "Change",
    "Changes",
    "Clock",
    "Cognito",
    "CognitoUserPoolsAuthorizer",
    "Credentials",
    "Decision",
    "Deployed",
    "DeploymentError",
    "Device",
    "Domain",
    "Events",
    "Facebook",
    "Faults",
    "FixedResponse",
    "GatewayResponse",
    "Google",
    "GraphQLAnswer",
    "GraphQLApi",
    "GraphQLSubscription",
    "HostedUI",
    "HttpApi",
    "IamUser",
    "Identity",
    "IdentityPool",
    "IdentityProvider",
    "Ignored",
    "ImportJob",
    "Invocation",
    "JwtAuthorizer",
    "JwtValidation",
    "LambdaAuthorizer",
    "LoadBalancer",
    "LoadBalancerSettings",
    "LogRecord",
    "Logs",
    "Message",
    "NotMocked",
    "OidcProvider",
    "Outbox",
    "Page",
    "Passkey",
    "ProviderToken",
    "ProviderUser",
    "Providers",
    "Redirect",
    "RedirectAction",
    "RequestAuthorizer",
    "RestApi",
    "RestApiSettings",
    "Role",
    "SamlProvider",
    "SamlResponse",
    "Server",
    "SignedIn",
    "Stack",
    "StackFunction",
    "StreamFailure",
    "StreamRecord",
    "Streams",
    "SyncConflict",
    "SyncDataset",
    "SyncDevice",
    "Synchronized",
    "TemplateError",
    "Threats",
    "TokenAuthorizer",
    "Tokens",
    "Triggers",
    "Twitter",
    "TwitterToken",
    "Unsupported",
    "UsageError",
    "User",
    "UserPool",
    "WebSocketApi",
    "WebSocketAuthorizer",
    "WebSocketConnection",
    "WsgiApplication",
    "__version__",
    "mock_cognito",
]

__version__ = "0.1.0"

_HOMES = {
    "AWSError": "aws.errors",
    "AccessToken": "providers.opaque",
    "AdditionalClaim": "fronts.load_balancer.actions",
    "Amazon": "providers.amazon",
    "AppClient": "cognito",
    "Apple": "providers.apple",
    "AsgiApplication": "fronts.targets.applications",
    "Browser": "handles.browser",
    "Call": "kernel.calls",
    "CallLog": "kernel.calls",
    "Caller": "kernel.calls",
    "Change": "infrastructure.deploying.changes",
    "Changes": "infrastructure.deploying.changes",
    "Clock": "kernel.clock",
    "Cognito": "cognito",
    "CognitoUserPoolsAuthorizer": "fronts.rest_api.authorizers.user_pools",
    "Credentials": "handles.credentials",
    "Decision": "iam",
    "Deployed": "infrastructure.records",
    "DeploymentError": "infrastructure.errors",
    "Device": "handles.device",
    "Domain": "handles.domain",
    "Events": "handles.events",
    "Facebook": "providers.facebook",
    "Faults": "kernel.faults",
    "FixedResponse": "fronts.load_balancer.actions",
    "GatewayResponse": "fronts.rest_api.gateway_responses",
    "Google": "providers.google",
    "GraphQLAnswer": "fronts.appsync.queries",
    "GraphQLApi": "fronts.appsync.api",
    "GraphQLSubscription": "fronts.appsync.subscriptions",
    "HostedUI": "handles.hosted_ui",
    "HttpApi": "fronts.http_api.api",
    "IAM": "handles.iam",
    "IamUser": "handles.iam",
    "Identity": "handles.identity",
    "IdentityPool": "handles.identity_pool",
    "IdentityProvider": "handles.identity_provider",
    "Ignored": "kernel.functions",
    "ImportJob": "handles.import_job",
    "Invocation": "kernel.functions",
    "JwtAuthorizer": "fronts.http_api.authorizers.jwt",
    "JwtValidation": "fronts.load_balancer.making_jwt",
    "LambdaAuthorizer": "fronts.http_api.authorizers.functions",
    "LoadBalancer": "fronts.load_balancer.load_balancer",
    "LoadBalancerSettings": "fronts.load_balancer.making",
    "LogRecord": "kernel.logs",
    "Logs": "kernel.logs",
    "Message": "kernel.outbox",
    "NotMocked": "kernel.errors",
    "OIDC": "providers.oidc",
    "OidcProvider": "handles.identity_providers",
    "Outbox": "kernel.outbox",
    "Page": "handles.page",
    "Passkey": "handles.passkey",
    "ProviderToken": "providers.jwt",
    "ProviderUser": "providers.users",
    "Providers": "handles.providers",
    "Redirect": "handles.redirect",
    "RedirectAction": "fronts.load_balancer.actions",
    "RequestAuthorizer": "fronts.rest_api.authorizers.functions",
    "RestApi": "fronts.rest_api.api",
    "RestApiSettings": "fronts.rest_api.making",
    "Role": "handles.iam",
    "SAML": "providers.saml",
    "SamlProvider": "handles.identity_providers",
    "SamlResponse": "providers.saml",
    "Server": "server.socket",
    "SignedIn": "fronts.load_balancer.signed_in",
    "Stack": "infrastructure.stacks.stack",
    "StackFunction": "infrastructure.stacks.function",
    "StreamFailure": "kernel.streams",
    "StreamRecord": "kernel.streams",
    "Streams": "kernel.streams",
    "SyncConflict": "handles.sync_local",
    "SyncDataset": "handles.sync_dataset",
    "SyncDevice": "handles.sync_device",
    "Synchronized": "handles.sync_attempt",
    "TemplateError": "infrastructure.errors",
    "Threats": "cognito",
    "TokenAuthorizer": "fronts.rest_api.authorizers.functions",
    "Tokens": "cognito",
    "Triggers": "cognito",
    "Twitter": "providers.twitter",
    "TwitterToken": "providers.twitter",
    "Unsupported": "kernel.errors",
    "UsageError": "kernel.errors",
    "User": "cognito",
    "UserPool": "cognito",
    "WebSocketApi": "fronts.websocket_api.api",
    "WebSocketAuthorizer": "fronts.websocket_api.authorizers",
    "WebSocketConnection": "fronts.websocket_api.connection",
    "WsgiApplication": "fronts.targets.applications",
    "mock_cognito": "mock",
}


if not TYPE_CHECKING:  # an unknown name is an error for a type checker
    __getattr__ = exports(__name__, _HOMES)
