"""``AWS::Cognito::UserPoolRiskConfigurationAttachment``."""

from __future__ import annotations

from pytest_cognito.infrastructure.resources.settings_of_clients import SettingsOfClient


class UserPoolRiskConfigurationAttachmentType(SettingsOfClient):
    """What threat protection does at which risk, for an app client or all of a pool."""

    creates = updates = deletes = "SetRiskConfiguration"
    prefix = "UserPoolRiskConfigurationAttachment"
    says_all = False
