"""A world with something of everything in it, and what there is to name in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import boto3
import requests

from pytest_cognito import mock_cognito
from pytest_cognito.aws.caller import TEST_CALLER, Signer
from pytest_cognito.cognito import Cognito
from pytest_cognito.cognito_idp.records import RECOVERIES, Recovery
from pytest_cognito.kernel.calls import Caller
from pytest_cognito.world import World

from . import installed, prepared_identities, prepared_resources, prepared_sync
from .app import NEW_PASSWORD, PASSWORD, pairs
from .codes import last_code
from .imports import ENCRYPTION, ROLE, file, row
from .jwts import claims
from .passkeys import ALLOWED, configure
from .providers import CREDENTIALS, OIDC
from .shapes import SAMPLES

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient
    from types_boto3_cognito_idp.literals import ExplicitAuthFlowsTypeType
    from types_boto3_cognito_idp.type_defs import InitiateAuthResponseTypeDef

FLOWS: list[ExplicitAuthFlowsTypeType] = [
    "ALLOW_USER_PASSWORD_AUTH",
    "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    "ALLOW_USER_AUTH",
    "ALLOW_REFRESH_TOKEN_AUTH",
]


Names = Mapping[str, Sequence[Any]]


@dataclass(frozen=True)
class Prepared:
    """A world, and the values that lead somewhere, by the member of a request that they go into.

    ``names`` has those of each user pool, ``others`` those of the other services. ``identity`` signs what only the
    identity may call that the names of Cognito Sync are of.
    """

    world: World
    names: Sequence[Names]
    others: Mapping[str, Sequence[Names]]
    identity: Signer

    def caller(self, name: str) -> Caller:
        """Who may call an operation."""
        return self.identity if name in prepared_sync.IDENTITY_ONLY else TEST_CALLER

    def of(self, service: str) -> Sequence[Names]:
        """The values for requests to a service: one set of them or more."""
        return self.names if service == "cognito-idp" else self.others.get(service, ({},))


def prepare() -> Prepared:
    """Two user pools with clients, groups, users in every state, tokens, a session, and codes on their way.

    And an identity pool, which trusts a third one.
    """
    with mock_cognito(seed="prepared") as cognito:
        for arn in SAMPLES:
            cognito.world.functions.register(arn, lambda event, context: event)
        pools = [_plain_pool(cognito), _email_pool(cognito)]
        sync, identity = prepared_sync.make(cognito)
        others = {**prepared_identities.make(cognito), "cognito-sync": [sync]}
        return Prepared(cognito.world, pools, others, identity)


def _plain_pool(cognito: Cognito) -> Names:
    pool = cognito.create_user_pool(
        **prepared_resources.settings(),
        PoolName="plain",
        AutoVerifiedAttributes=["email"],
        AliasAttributes=["email"],
        Schema=[{"Name": "level", "AttributeDataType": "String", "Mutable": True}],
        **ALLOWED,
        UserPoolAddOns={"AdvancedSecurityMode": "ENFORCED"},
    )
    return _with_device(_fill(cognito, pool.id, "bob"))


def _with_device(names: Names) -> Names:
    """Alice signs in again, in a pool that tracks devices by now."""
    idp = boto3.client("cognito-idp")
    (pool_id,), (client_id, *_) = names["UserPoolId"], names["ClientId"]
    idp.update_user_pool(
        UserPoolId=pool_id, AutoVerifiedAttributes=["email"], DeviceConfiguration={"ChallengeRequiredOnNewDevice": True}
    )
    tokens = _sign_in(idp, client_id, "alice")["AuthenticationResult"]
    keys = [tokens["NewDeviceMetadata"]["DeviceKey"]]
    return {**names, "AccessToken": [tokens["AccessToken"]], "DeviceKey": keys, "DEVICE_KEY": keys}


def _email_pool(cognito: Cognito) -> Names:
    pool = cognito.create_user_pool(
        **prepared_resources.settings(),
        PoolName="by email",
        UsernameAttributes=["email"],
        AutoVerifiedAttributes=["email"],
        **ALLOWED,
    )
    return {**_fill(cognito, pool.id, "dave@example.com"), **prepared_resources.make_lasting(cognito, pool.id)}


def _fill(cognito: Cognito, pool_id: str, invited: str) -> Names:
    idp = boto3.client("cognito-idp")
    open_client = _client(idp, pool_id)
    by_email = invited != "bob"
    alice, carol = ("alice@example.com", "carol@example.com") if by_email else ("alice", "carol")
    for group in ("admins", "readers"):
        idp.create_group(UserPoolId=pool_id, GroupName=group)
    email = pairs({"email": "alice@example.com"})
    idp.sign_up(ClientId=open_client, Username=alice, Password=PASSWORD, UserAttributes=email)
    code = last_code(cognito.outbox, "alice@example.com")
    idp.confirm_sign_up(ClientId=open_client, Username=alice, ConfirmationCode=code)
    idp.admin_add_user_to_group(UserPoolId=pool_id, Username=alice, GroupName="admins")
    email = pairs({"email": "carol@example.com"})
    idp.sign_up(ClientId=open_client, Username=carol, Password=PASSWORD, UserAttributes=email)
    email = pairs({"email": "dave@example.com"})
    idp.admin_create_user(UserPoolId=pool_id, Username=invited, TemporaryPassword=PASSWORD, UserAttributes=email)
    sessions = _sessions(cognito, pool_id, alice, open_client)
    tokens = _sign_in(idp, open_client, alice)["AuthenticationResult"]
    passkeys = _passkeys(cognito, pool_id, tokens["AccessToken"])
    idp.forgot_password(ClientId=open_client, Username=alice)
    reset = last_code(cognito.outbox, "alice@example.com")
    jobs = [_import_job(idp, pool_id) for _ in range(2)]
    names = {
        "RestoreId": [_recovery(cognito, pool_id)],
        "JobId": jobs,
        "UserPoolId": [pool_id],
        "ResourceArn": [idp.describe_user_pool(UserPoolId=pool_id)["UserPool"]["Arn"]],
        "ClientId": [open_client, open_client, _client(idp, pool_id, secret=True)],
        **_machine(cognito, pool_id, open_client),
        "Username": [alice, carol, invited],
        "GroupName": ["admins", "readers"],
        "EventId": [token_event(tokens["IdToken"])],
        "AccessToken": [tokens["AccessToken"]],
        "RefreshToken": [tokens["RefreshToken"]],
        "Session": [_sign_in(idp, open_client, invited)["Session"], _choice(idp, open_client, alice)["Session"]],
        "ConfirmationCode": [last_code(cognito.outbox, "carol@example.com"), reset],
        **passkeys,
        **sessions,
        **_prepare_providers(idp, pool_id, alice),
    }
    return {**names, **_under_other_names(names), **prepared_resources.make(cognito, pool_id, open_client)}


def _passkeys(cognito: Cognito, pool_id: str, token: str) -> dict[str, list[Any]]:
    """A passkey that is registered, and the credential that completes the registration of another."""
    configure(cognito.user_pool(pool_id))
    registered, new = (cognito.passkey().create(_options(cognito, token)) for _ in range(2))
    cognito.call("CompleteWebAuthnRegistration", AccessToken=token, Credential=registered)
    return {"CredentialId": [registered["id"]], "Credential": [new]}


def _options(cognito: Cognito, token: str) -> dict[str, Any]:
    started = cognito.call("StartWebAuthnRegistration", AccessToken=token)
    options: dict[str, Any] = started["CredentialCreationOptions"]
    return options


def _prepare_providers(idp: CognitoIdentityProviderClient, pool_id: str, linked: str) -> Names:
    """Identity providers, one with a linked user, and a resource server."""
    for name, details in (("Google", CREDENTIALS), ("Acme", OIDC)):
        idp.create_identity_provider(
            UserPoolId=pool_id,
            ProviderName=name,
            ProviderType="Google" if name == "Google" else "OIDC",
            ProviderDetails=details,
            IdpIdentifiers=[f"{name}.example.com"],
        )
    idp.admin_link_provider_for_user(
        UserPoolId=pool_id,
        DestinationUser={"ProviderName": "Cognito", "ProviderAttributeValue": linked},
        SourceUser={
            "ProviderName": "Google",
            "ProviderAttributeName": "Cognito_Subject",
            "ProviderAttributeValue": "1",
        },
    )
    idp.create_resource_server(UserPoolId=pool_id, Identifier="notes", Name="notes")
    return {
        "ProviderName": ["Google", "Acme"],
        "IdpIdentifier": ["Google.example.com", "Acme.example.com"],
        "Identifier": ["notes"],
    }


def token_event(id_token: str) -> str:
    """The id of the event of a sign-in, which its tokens have."""
    return str(claims(id_token)["event_id"])


def _under_other_names(names: Names) -> Names:
    return {
        "Token": names["RefreshToken"],
        "SubjectToken": names["AccessToken"],
        "ActorToken": names["AccessToken"],
        "Code": names["ConfirmationCode"],
        "ChallengeName": ["NEW_PASSWORD_REQUIRED", "SELECT_CHALLENGE"],
        "AttributeName": ["email", "phone_number", "custom:level"],
        "Password": [PASSWORD],
        "PreviousPassword": [PASSWORD],
        "ProposedPassword": [NEW_PASSWORD],
        "TemporaryPassword": [NEW_PASSWORD],
        "USERNAME": names["Username"],
        "PASSWORD": [PASSWORD],
        "NEW_PASSWORD": [NEW_PASSWORD],
        "REFRESH_TOKEN": names["RefreshToken"],
        "PREFERRED_CHALLENGE": ["PASSWORD", "PASSWORD_SRP", "EMAIL_OTP"],
        "ANSWER": ["PASSWORD", "EMAIL_OTP"],
    }


def _sessions(cognito: Cognito, pool_id: str, username: str, client_id: str) -> Names:
    """A session of the user that tokens can end, if the models of the installed botocore have sessions."""
    if not installed.has("ListUserSessions"):
        return {}
    tracking: dict[str, Any] = {"UserSessionTracking": "ENABLED", "TokenSession": {"MaxPerUser": 20}}
    cognito.call("SetUserPoolSessionConfiguration", UserPoolId=pool_id, **tracking)
    _sign_in(boto3.client("cognito-idp"), client_id, username)
    listed = cognito.call("AdminListUserSessions", UserPoolId=pool_id, Username=username)["Sessions"]
    return {"SessionId": [session["SessionId"] for session in listed]}


def _machine(cognito: Cognito, pool_id: str, client_id: str) -> Names:
    """An app client that gets tokens for itself, beside one that exchanges those of users."""
    if not installed.has("GetClientToken"):
        return {}
    client: dict[str, Any] = {"UserPoolId": pool_id, "ClientName": "app", "GenerateSecret": True}
    flows: dict[str, Any] = {"ExplicitAuthFlows": ["ALLOW_CLIENT_TOKEN_AUTH"]}
    machine = cognito.call("CreateUserPoolClient", **client, **flows)["UserPoolClient"]
    exchange = ["ALLOW_TOKEN_EXCHANGE_IMPERSONATION", "ALLOW_TOKEN_EXCHANGE_DELEGATION"]
    given: dict[str, Any] = {"UserPoolId": pool_id, "ClientId": client_id, "ExplicitAuthFlows": [*FLOWS, *exchange]}
    cognito.call("UpdateUserPoolClient", **given)
    return {"ClientId": [client_id, client_id, machine["ClientId"]], "Secret": [machine["ClientSecret"]]}


def _import_job(idp: CognitoIdentityProviderClient, pool_id: str) -> str:
    """An import job with a file, which can be started."""
    columns = idp.get_csv_header(UserPoolId=pool_id)["CSVHeader"]
    job = idp.create_user_import_job(UserPoolId=pool_id, JobName="users", CloudWatchLogsRoleArn=ROLE)["UserImportJob"]
    requests.put(job["PreSignedUrl"], data=file(columns, row("erin@example.com")), headers=ENCRYPTION, timeout=5)
    return job["JobId"]


def _recovery(cognito: Cognito, pool_id: str) -> str:
    """A recovery that can be started or cancelled, put there: a recovery that is in progress would refuse the rest."""
    restore_id = "0123abcd-4567-89ab-cdef-0123456789ab"
    with cognito.world.handle_step("recovery") as context:
        now = context.now()
        context.table(RECOVERIES).put(Recovery(pool_id, restore_id, now, now, 1, status="PREVIEW_GENERATED"))
    return restore_id


def _client(idp: CognitoIdentityProviderClient, pool_id: str, *, secret: bool = False) -> str:
    answer = idp.create_user_pool_client(
        UserPoolId=pool_id, ClientName="app", ExplicitAuthFlows=FLOWS, GenerateSecret=secret
    )
    return answer["UserPoolClient"]["ClientId"]


def _sign_in(idp: CognitoIdentityProviderClient, client_id: str, username: str) -> InitiateAuthResponseTypeDef:
    given = {"USERNAME": username, "PASSWORD": PASSWORD}
    return idp.initiate_auth(ClientId=client_id, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=given)


def _choice(idp: CognitoIdentityProviderClient, client_id: str, username: str) -> InitiateAuthResponseTypeDef:
    return idp.initiate_auth(ClientId=client_id, AuthFlow="USER_AUTH", AuthParameters={"USERNAME": username})
