"""``AWS::Cognito::Terms``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pytest_cognito.infrastructure.resource_type import Made
from pytest_cognito.infrastructure.resources.modelled import Modelled

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.deployment import Deployment
    from pytest_cognito.infrastructure.records import Deployed


class TermsType(Modelled):
    """The terms of use or the privacy policy of an app client, to which the sign-up page links."""

    required = frozenset(("Enforcement", "Links", "TermsName", "TermsSource", "UserPoolId"))
    create_only = frozenset(("ClientId", "UserPoolId"))
    creates = "CreateTerms"
    updates = "UpdateTerms"
    deletes = "DeleteTerms"

    def identity(self, deployed: Deployed) -> dict[str, Any]:
        return {"UserPoolId": str(deployed.properties["UserPoolId"]), "TermsId": deployed.attributes["TermsId"]}

    def made(self, deployment: Deployment, given: Mapping[str, Any], answer: Mapping[str, Any]) -> Made:
        terms_id = answer["Terms"]["TermsId"]
        return Made(f"{given['UserPoolId']}|{terms_id}", {"TermsId": terms_id})
