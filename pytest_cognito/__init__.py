"""Amazon Cognito in the test process."""

from typing import TYPE_CHECKING

from pytest_cognito.kernel.lazy import exports

if TYPE_CHECKING:
    from pytest_cognito.aws.errors import AWSError
    from pytest_cognito.cognito import AppClient, Cognito, Threats, Tokens, Triggers, User, UserPool
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
    "Amazon",
    "AppClient",
    "Apple",
    "Browser",
    "Call",
    "CallLog",
    "Caller",
    "Clock",
    "Cognito",
    "Credentials",
    "Decision",
    "Device",
    "Domain",
    "Events",
    "Facebook",
    "Faults",
    "Google",
    "HostedUI",
    "IamUser",
    "Identity",
    "IdentityPool",
    "IdentityProvider",
    "Ignored",
    "ImportJob",
    "Invocation",
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
    "Role",
    "SamlProvider",
    "SamlResponse",
    "Server",
    "StreamFailure",
    "StreamRecord",
    "Streams",
    "SyncConflict",
    "SyncDataset",
    "SyncDevice",
    "Synchronized",
    "Threats",
    "Tokens",
    "Triggers",
    "Twitter",
    "TwitterToken",
    "Unsupported",
    "UsageError",
    "User",
    "UserPool",
    "__version__",
    "mock_cognito",
]

__version__ = "0.1.0"

_HOMES = {
    "AWSError": "aws.errors",
    "AccessToken": "providers.opaque",
    "Amazon": "providers.amazon",
    "AppClient": "cognito",
    "Apple": "providers.apple",
    "Browser": "handles.browser",
    "Call": "kernel.calls",
    "CallLog": "kernel.calls",
    "Caller": "kernel.calls",
    "Clock": "kernel.clock",
    "Cognito": "cognito",
    "Credentials": "handles.credentials",
    "Decision": "iam",
    "Device": "handles.device",
    "Domain": "handles.domain",
    "Events": "handles.events",
    "Facebook": "providers.facebook",
    "Faults": "kernel.faults",
    "Google": "providers.google",
    "HostedUI": "handles.hosted_ui",
    "IAM": "handles.iam",
    "IamUser": "handles.iam",
    "Identity": "handles.identity",
    "IdentityPool": "handles.identity_pool",
    "IdentityProvider": "handles.identity_provider",
    "Ignored": "kernel.functions",
    "ImportJob": "handles.import_job",
    "Invocation": "kernel.functions",
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
    "Role": "handles.iam",
    "SAML": "providers.saml",
    "SamlProvider": "handles.identity_providers",
    "SamlResponse": "providers.saml",
    "Server": "server.socket",
    "StreamFailure": "kernel.streams",
    "StreamRecord": "kernel.streams",
    "Streams": "kernel.streams",
    "SyncConflict": "handles.sync_local",
    "SyncDataset": "handles.sync_dataset",
    "SyncDevice": "handles.sync_device",
    "Synchronized": "handles.sync_attempt",
    "Threats": "cognito",
    "Tokens": "cognito",
    "Triggers": "cognito",
    "Twitter": "providers.twitter",
    "TwitterToken": "providers.twitter",
    "Unsupported": "kernel.errors",
    "UsageError": "kernel.errors",
    "User": "cognito",
    "UserPool": "cognito",
    "mock_cognito": "mock",
}


if not TYPE_CHECKING:  # an unknown name is an error for a type checker
    __getattr__ = exports(__name__, _HOMES)
