"""A record in every table: each function of ``FILLERS`` lets ann do something that leaves records of some noun."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from pytest_cognito import Passkey
from pytest_cognito.cognito_idp import lookup, records
from pytest_cognito.cognito_idp.flows.tokens.issuing import new_grant
from tests.support.app import App
from tests.support.codes import last_code
from tests.support.imports import Import
from tests.support.passkeys import ALLOWED, configure, start
from tests.support.providers import create_provider

EMAIL = {"email": "ann@example.com"}
_KEPT: dict[str, Any] = {"AutoVerifiedAttributes": ["email"], "Policies": {"PasswordPolicy": {"MinimumLength": 8}}}
_AUDIT = {"AdvancedSecurityMode": "AUDIT"}
_ERRORS = {
    "LogLevel": "ERROR",
    "EventSource": "userNotification",
    "CloudWatchLogsConfiguration": {"LogGroupArn": "arn:aws:logs:us-east-1:123456789012:log-group:notes"},
}


def users(app: App) -> None:
    """Ann signs up, and joins a group."""
    app.sign_up("ann", EMAIL)
    app.confirm("ann", last_code(app.pool.world.outbox, EMAIL["email"]))
    app.call("create_group", UserPoolId=app.pool_id, GroupName="staff")
    app.admin("admin_add_user_to_group", "ann", GroupName="staff")
    app.public("forgot_password", "ann")


def domains(app: App) -> None:
    app.call("create_user_pool_domain", UserPoolId=app.pool_id, Domain="notes-tables")


def identity_providers(app: App) -> None:
    """Ann is linked to an identity."""
    create_provider(app)
    app.call(
        "admin_link_provider_for_user",
        UserPoolId=app.pool_id,
        DestinationUser={"ProviderName": "Cognito", "ProviderAttributeValue": "ann"},
        SourceUser={
            "ProviderName": "Google",
            "ProviderAttributeName": "Cognito_Subject",
            "ProviderAttributeValue": "1",
        },
    )


def saml_assertions(app: App) -> None:
    with app.pool.world.handle_step("assertion") as context:
        expires = context.now() + dt.timedelta(minutes=5)
        context.table(records.SAML_ASSERTIONS).put(records.SamlAssertion(app.pool_id, "idp", "_1", expires))


def resource_servers(app: App) -> None:
    app.call("create_resource_server", UserPoolId=app.pool_id, Identifier="notes", Name="notes")


def branding(app: App) -> None:
    app.call("set_ui_customization", UserPoolId=app.pool_id, ClientId=app.client_id, CSS=".label-customizable {}")
    of_client = {"UserPoolId": app.pool_id, "ClientId": app.client_id}
    app.call("create_managed_login_branding", **of_client, UseCognitoProvidedValues=True)


def terms(app: App) -> None:
    """A record, because an older botocore lacks the operation."""
    links = {"cognito:default": "https://example.com/terms"}
    with app.pool.world.handle_step("terms") as context:
        now, of_use = context.now(), "terms-of-use"
        terms = records.Terms("1", app.pool_id, app.client_id, of_use, "LINK", "NONE", links, now, now, 1)
        context.table(records.TERMS).put(terms)


def account(app: App) -> None:
    with app.pool.world.handle_step("limit") as context:
        limit = records.ProvisionedLimit(context.account, context.region, "UserCreation", 60)
        context.table(records.PROVISIONED_LIMITS).put(limit)


def client_metadata(app: App) -> None:
    with app.pool.world.handle_step("policy") as context:
        now, patterns = context.now(), ("https://client.example.com/*",)
        policy = records.CIMDPolicy("1", app.pool_id, app.client_id, "all", 86_400, patterns, now, now, 1)
        context.table(records.CIMD_POLICIES).put(policy)
    app.pool.cache_client_metadata("https://client.example.com/1", {})


def replicas(app: App) -> None:
    with app.pool.world.handle_step("replica") as context:
        now = context.now()
        replica = records.Replica(app.pool_id, "eu-west-1", context.account, False, {}, now, now, 1)
        context.table(records.REPLICAS).put(replica)


def recoveries(app: App) -> None:
    """A recovery that was cancelled, and the pause of one that has ended, put there: older models know none."""
    with app.pool.world.handle_step("recoveries", app.pool.region) as context:
        now = context.now()
        context.table(records.RECOVERIES).put(
            records.Recovery(app.pool_id, "one", now, now, 1, status="PREVIEW_CANCELLED")
        )
        context.table(records.WRITE_PAUSES).put(records.WritePause(app.pool_id, now))


def sign_ins(app: App) -> None:
    """Ann signs in, tries in vain to, and begins to; so does somebody who doesn't exist."""
    app.initiate_auth("USER_SRP_AUTH", USERNAME="ann", SRP_A="a" * 32)
    app.initiate_auth("USER_SRP_AUTH", USERNAME="nobody", SRP_A="a" * 32)
    app.refresh(app.sign_in("ann")["RefreshToken"])
    with pytest.raises(app.idp.exceptions.NotAuthorizedException):
        app.sign_in("ann", "Wr0ng-horse!")


def devices(app: App) -> None:
    """Ann signs in from a device while the pool tracks devices."""
    pool = {"UserPoolId": app.pool_id, "AutoVerifiedAttributes": ["email"]}
    app.call("update_user_pool", **pool, DeviceConfiguration={"ChallengeRequiredOnNewDevice": True})
    app.sign_in("ann")
    app.call("update_user_pool", **pool)


def user_sessions(app: App) -> None:
    """Ann signs in to a pool that tracks sessions, which the models of an older botocore have no operation for."""
    with app.pool.world.handle_step("track sessions") as context:
        pools = context.table(records.POOLS)
        pools.put(replace(lookup.pool(context, app.pool_id), tracks_sessions=True))
    app.sign_in("ann")


def passkeys(app: App) -> None:
    """Ann has a passkey, and begins to register another."""
    app.call("update_user_pool", UserPoolId=app.pool_id, AutoVerifiedAttributes=["email"], **ALLOWED)
    configure(app.pool)
    ann = app.pool.user("ann")
    ann.register(Passkey(app.pool.world))
    start(app, ann.tokens().access_token)


def threats(app: App) -> None:
    """Threat protection, responses to risks at the app client, and a destination of the pool's logs."""
    exceptions = {"SkippedIPRangeList": ["203.0.113.0/24"]}
    app.call("update_user_pool", UserPoolId=app.pool_id, **_KEPT, UserPoolTier="PLUS", UserPoolAddOns=_AUDIT)
    app.call(
        "set_risk_configuration",
        UserPoolId=app.pool_id,
        ClientId=app.client_id,
        RiskExceptionConfiguration=exceptions,
    )
    app.call("set_log_delivery_configuration", UserPoolId=app.pool_id, LogConfigurations=[_ERRORS])


def user_import_jobs(app: App) -> None:
    Import.create(app)


def authorizations(app: App) -> None:
    """Ann is signed in at the domain, has a code, and begins another sign-in that waits for a page."""
    with app.pool.world.handle_step("authorizations") as context:
        pool, now = lookup.pool(context, app.pool_id), context.now()
        client, ann = lookup.client(context, pool, app.client_id), lookup.user(context, pool, "ann")
        grant = new_grant(context, pool, client, ann, stored=False)
        until = now + dt.timedelta(minutes=5)
        context.table(records.AUTHORIZATION_CODES).put(
            records.AuthorizationCode("1", client.id, grant, "https://example.com", until, ())
        )
        context.table(records.BROWSER_SESSIONS).put(
            records.BrowserSession("1", pool.id, client.id, ann.key, "COGNITO", now, until)
        )
        context.table(records.PAGE_STATES).put(records.PageState("1", pool.id, client.id, "ann", until))


def provider_visits(app: App) -> None:
    with app.pool.world.handle_step("visit") as context:
        until = context.now() + dt.timedelta(minutes=5)
        visit = records.ProviderVisit("1", app.pool_id, app.client_id, "Google", "", "https://example.com/", until)
        context.table(records.PROVIDER_VISITS).put(visit)


FILLERS: tuple[Callable[[App], None], ...] = (
    account,
    users,
    authorizations,
    devices,
    domains,
    branding,
    terms,
    client_metadata,
    identity_providers,
    provider_visits,
    saml_assertions,
    resource_servers,
    threats,
    user_sessions,
    sign_ins,
    passkeys,
    replicas,
    recoveries,
    user_import_jobs,
)
"""In this order."""
