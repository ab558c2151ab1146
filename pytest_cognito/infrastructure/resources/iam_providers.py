"""``AWS::IAM::OIDCProvider`` and ``AWS::IAM::SAMLProvider``: whose tokens and responses roles may trust."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pytest_cognito import iam
from pytest_cognito.infrastructure.errors import refusals
from pytest_cognito.infrastructure.properties import JSON, TAGS, TEXT, TEXTS, checked, own
from pytest_cognito.infrastructure.resource_type import Made
from pytest_cognito.infrastructure.resources import iam_entities
from pytest_cognito.infrastructure.resources.iam_entities import OwnProperties
from pytest_cognito.kernel.errors import Unsupported

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.declared import Declared
    from pytest_cognito.infrastructure.deployment import Deployment
    from pytest_cognito.infrastructure.records import Deployed


class OIDCProviderType(OwnProperties):
    """A provider of OpenID Connect. Its thumbprints are not looked at: keys come from the provider by HTTPS."""

    required = frozenset(("Url",))  # IAM wants it, the type does not
    create_only = frozenset(("Url",))
    declared_properties = own(ClientIdList=TEXTS, Tags=TAGS, ThumbprintList=TEXTS, Url=TEXT)

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        given = checked(properties, self.properties(), self.required)
        with iam_entities.step(deployment, "CreateOpenIDConnectProvider") as context:
            arn = iam.oidc_provider_arn(context.region, context.account, given["Url"])
            if context.table(iam.OIDC_PROVIDERS).get(arn) is not None:
                raise refusals.PROVIDER_EXISTS(url=given["Url"])
            iam.create_oidc_provider(context, given["Url"], client_ids=given.get("ClientIdList", ()))
        return Made(arn, {"Arn": arn})

    def update(
        self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any], deployed: Deployed
    ) -> Made:
        given = checked(properties, self.properties(), self.required)
        with iam_entities.step(deployment, "UpdateOpenIDConnectProvider") as context:
            iam.create_oidc_provider(context, given["Url"], client_ids=given.get("ClientIdList", ()))
        return Made(deployed.physical_id, deployed.attributes)

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        with iam_entities.step(deployment, "DeleteOpenIDConnectProvider") as context:
            table = context.table(iam.OIDC_PROVIDERS)
            if table.get(deployed.physical_id) is not None:
                table.delete(deployed.physical_id)


class SAMLProviderType(OwnProperties):
    """A SAML provider."""

    required = frozenset(("SamlMetadataDocument",))  # IAM wants it, the type does not
    create_only = frozenset(("AddPrivateKey", "Name", "RemovePrivateKey"))
    declared_properties = own(
        AddPrivateKey=TEXT,
        AssertionEncryptionMode=TEXT,
        Name=TEXT,
        PrivateKeyList=JSON,
        RemovePrivateKey=TEXT,
        SamlMetadataDocument=TEXT,
        Tags=TAGS,
    )

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        given = self._read(declared, properties)
        name = given.get("Name") or iam_entities.made_up_name(deployment, declared.logical_id)
        with iam_entities.step(deployment, "CreateSAMLProvider") as context:
            if any(each.name == name for each in context.table(iam.SAML_PROVIDERS)):
                raise refusals.SAML_PROVIDER_EXISTS(name=name)
            provider = iam.create_saml_provider(context, name, given["SamlMetadataDocument"])
        return Made(provider.arn, {"Arn": provider.arn})

    def update(
        self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any], deployed: Deployed
    ) -> Made:
        given = self._read(declared, properties)
        with iam_entities.step(deployment, "UpdateSAMLProvider") as context:
            table = context.table(iam.SAML_PROVIDERS)
            current = table.get(deployed.physical_id)
            if current is not None:
                table.put(replace(current, metadata=given["SamlMetadataDocument"]))
        return Made(deployed.physical_id, deployed.attributes)

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        with iam_entities.step(deployment, "DeleteSAMLProvider") as context:
            table = context.table(iam.SAML_PROVIDERS)
            if table.get(deployed.physical_id) is not None:
                table.delete(deployed.physical_id)

    def _read(self, declared: Declared, properties: Mapping[str, Any]) -> dict[str, Any]:
        given = checked(properties, self.properties(), self.required)
        for name in ("AddPrivateKey", "AssertionEncryptionMode", "PrivateKeyList", "RemovePrivateKey"):
            if name in given:
                raise Unsupported(f"pytest-cognito does not know {name} of {declared.logical_id} yet")
        return given
