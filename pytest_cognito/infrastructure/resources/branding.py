"""``AWS::Cognito::ManagedLoginBranding``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pytest_cognito.aws.model import Shape
from pytest_cognito.infrastructure.properties import SWITCH, own
from pytest_cognito.infrastructure.resource_type import Made
from pytest_cognito.infrastructure.resources.modelled import Modelled

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.deployment import Deployment
    from pytest_cognito.infrastructure.records import Deployed

_ID = "ManagedLoginBrandingId"


class ManagedLoginBrandingType(Modelled):
    """The style of an app client's pages of managed login. Images are base64 in a template."""

    required = frozenset(("UserPoolId",))
    create_only = frozenset(("ClientId", "UserPoolId"))
    creates = "CreateManagedLoginBranding"
    updates = "UpdateManagedLoginBranding"
    deletes = "DeleteManagedLoginBranding"

    def further(self) -> Mapping[str, Shape]:
        return own(ReturnMergedResources=SWITCH)  # how CloudFormation reads the style, which changes nothing

    def identity(self, deployed: Deployed) -> dict[str, Any]:
        return {"UserPoolId": str(deployed.properties["UserPoolId"]), _ID: deployed.attributes[_ID]}

    def made(self, deployment: Deployment, given: Mapping[str, Any], answer: Mapping[str, Any]) -> Made:
        branding_id = answer["ManagedLoginBranding"][_ID]
        return Made(f"{given['UserPoolId']}|{branding_id}", {_ID: branding_id})
