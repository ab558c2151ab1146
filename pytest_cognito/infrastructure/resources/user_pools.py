"""``AWS::Cognito::UserPool``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.aws.model import Shape
from pytest_cognito.http import hosts
from pytest_cognito.infrastructure.errors import refusals
from pytest_cognito.infrastructure.properties import TEXTS, members, own
from pytest_cognito.infrastructure.resource_type import Made
from pytest_cognito.infrastructure.resources import user_pool_mfa
from pytest_cognito.infrastructure.resources.modelled import Modelled

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.declared import Declared
    from pytest_cognito.infrastructure.deployment import Deployment
    from pytest_cognito.infrastructure.records import Deployed

_CUSTOM = "custom:"


class UserPoolType(Modelled):
    """A user pool.

    One with factors or passkeys is created without MfaConfiguration, which ``SetUserPoolMfaConfig`` then sets together
    with them. AWS refuses to change what is fixed when a pool is created; CloudFormation does not replace the pool.
    """

    creates = "CreateUserPool"
    updates = "UpdateUserPool"
    deletes = "DeleteUserPool"
    renamed: ClassVar[Mapping[str, str]] = {"UserPoolName": "PoolName"}
    not_offered = frozenset(("AcrConfiguration", "DcrConfiguration"))
    named = "UserPoolName"
    fixed = ("AliasAttributes", "UsernameAttributes", "UsernameConfiguration")
    """The properties that can't be changed."""

    def further(self) -> Mapping[str, Shape]:
        email = members("cognito-idp", "SetUserPoolMfaConfig", "EmailMfaConfiguration")
        passkeys = members("cognito-idp", "SetUserPoolMfaConfig", "WebAuthnConfiguration")
        factors = {name: email[member] for name, member in user_pool_mfa.EMAIL.items()}
        webauthn = {name: passkeys[member] for name, member in user_pool_mfa.WEB_AUTHN.items() if member in passkeys}
        return {**own(EnabledMfas=TEXTS), **factors, **webauthn}

    def read(self, properties: Mapping[str, Any]) -> dict[str, Any]:
        given = super().read(properties)
        user_pool_mfa.check(given)
        return given

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        given = self.read(properties)
        given.setdefault("UserPoolName", deployment.physical_name(declared.logical_id))
        parameters = self.parameters(self.creates, given)
        if not user_pool_mfa.is_declared(given):
            with user_pool_mfa.hinted(given):
                return self.made(deployment, given, self.call(deployment, self.creates, parameters))
        parameters.pop("MfaConfiguration", None)
        made = self.made(deployment, given, self.call(deployment, self.creates, parameters))
        try:
            with user_pool_mfa.hinted(given):
                deployment.call("SetUserPoolMfaConfig", UserPoolId=made.physical_id, **user_pool_mfa.parameters(given))
        except AWSError:
            # Nobody knows of the pool yet. One with deletion protection stays, as on AWS.
            if given.get("DeletionProtection") != "ACTIVE":
                deployment.call(self.deletes, UserPoolId=made.physical_id)
            raise
        return made

    def update(
        self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any], deployed: Deployed
    ) -> Made:
        before, given = self.read(deployed.properties), self.read(properties)
        self._check_fixed(before, given)
        new = list(_new_attributes(before.get("Schema", ()), given.get("Schema", ())))
        user_pool_mfa.check_change(before, given)
        pool_id = deployed.physical_id
        with user_pool_mfa.hinted(given):
            self._change(deployment, pool_id, given, before)
        if new:
            deployment.call("AddCustomAttributes", UserPoolId=pool_id, CustomAttributes=new)
        change_tags(deployment, deployed.attributes["Arn"], before.get("UserPoolTags"), given.get("UserPoolTags"))
        return Made(pool_id, deployed.attributes)

    def _change(
        self, deployment: Deployment, pool_id: str, given: Mapping[str, Any], before: Mapping[str, Any]
    ) -> None:
        """Change the settings, then MFA; where AWS refuses the latter, the settings are those from before again."""
        mfa = user_pool_mfa.is_declared(given) or user_pool_mfa.is_declared(before)
        self._update_pool(deployment, pool_id, given, mfa=mfa)
        if mfa:
            try:
                deployment.call("SetUserPoolMfaConfig", UserPoolId=pool_id, **user_pool_mfa.parameters(given))
            except AWSError:
                self._update_pool(deployment, pool_id, before, mfa=True)
                raise

    def _update_pool(self, deployment: Deployment, pool_id: str, given: Mapping[str, Any], *, mfa: bool) -> None:
        parameters = self.parameters("UpdateUserPool", given)
        parameters.pop("UserPoolTags", None)  # they have operations of their own
        if mfa:
            parameters.pop("MfaConfiguration", None)
        deployment.call("UpdateUserPool", UserPoolId=pool_id, **parameters)

    def identity(self, deployed: Deployed) -> dict[str, Any]:
        return {"UserPoolId": deployed.physical_id}

    def made(self, deployment: Deployment, given: Mapping[str, Any], answer: Mapping[str, Any]) -> Made:
        pool = answer["UserPool"]
        provider = f"{hosts.endpoint('cognito-idp', deployment.region)}/{pool['Id']}"
        attributes = {
            "Arn": pool["Arn"],
            "ProviderName": provider,
            "ProviderURL": f"https://{provider}",
            "UserPoolId": pool["Id"],
        }
        return Made(pool["Id"], attributes)

    def _check_fixed(self, before: Mapping[str, Any], given: Mapping[str, Any]) -> None:
        for name in self.fixed:
            if before.get(name) != given.get(name):
                raise refusals.PROPERTY_FIXED(name=name)


def change_tags(
    deployment: Deployment, arn: str, before: Mapping[str, str] | None, after: Mapping[str, str] | None
) -> None:
    """Give a pool the tags of its resource, and take those that it has no longer."""
    old, new = before or {}, after or {}
    removed = [key for key in old if key not in new]
    changed = {key: value for key, value in new.items() if old.get(key) != value}
    if removed:
        deployment.call("UntagResource", ResourceArn=arn, TagKeys=removed)
    if changed:
        deployment.call("TagResource", ResourceArn=arn, Tags=changed)


def _new_attributes(before: list[Mapping[str, Any]], after: list[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """The custom attributes that a schema has in addition; raises for any other difference."""
    known, wanted = _by_name(before), _by_name(after)
    if any(wanted.get(name) != entry for name, entry in known.items()):
        raise refusals.SCHEMA_FIXED()
    for name, entry in wanted.items():
        if name not in known:
            yield {**entry, "Name": name}


def _by_name(schema: list[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """The entries of a schema by name, which may begin with ``custom:`` or not."""
    return {
        name: {**entry, "Name": name} for entry in schema for name in [str(entry.get("Name", "")).removeprefix(_CUSTOM)]
    }
