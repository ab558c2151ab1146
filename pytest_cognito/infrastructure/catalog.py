"""Which module has the handler of a type of resource. Modules are imported when a template needs them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from pytest_cognito.infrastructure.resource_type import ResourceType

_TYPES: Mapping[str, str] = {
    "AWS::CloudFormation::Stack": "nested_stacks.NestedStackType",
    "AWS::Cognito::IdentityPool": "identity_pools.IdentityPoolType",
    "AWS::Cognito::IdentityPoolPrincipalTag": "principal_tags.IdentityPoolPrincipalTagType",
    "AWS::Cognito::IdentityPoolRoleAttachment": "identity_pool_roles.IdentityPoolRoleAttachmentType",
    "AWS::Cognito::LogDeliveryConfiguration": "log_delivery.LogDeliveryConfigurationType",
    "AWS::Cognito::ManagedLoginBranding": "branding.ManagedLoginBrandingType",
    "AWS::Cognito::Terms": "terms.TermsType",
    "AWS::Cognito::UserPool": "user_pools.UserPoolType",
    "AWS::Cognito::UserPoolClient": "user_pool_clients.UserPoolClientType",
    "AWS::Cognito::UserPoolDomain": "domains.UserPoolDomainType",
    "AWS::Cognito::UserPoolGroup": "groups.UserPoolGroupType",
    "AWS::Cognito::UserPoolIdentityProvider": "identity_providers.UserPoolIdentityProviderType",
    "AWS::Cognito::UserPoolRegionalConfigurationAttachment": "replicas.UserPoolRegionalConfigurationAttachmentType",
    "AWS::Cognito::UserPoolReplica": "replicas.UserPoolReplicaType",
    "AWS::Cognito::UserPoolResourceServer": "resource_servers.UserPoolResourceServerType",
    "AWS::Cognito::UserPoolRiskConfigurationAttachment": "risk_configurations.UserPoolRiskConfigurationAttachmentType",
    "AWS::Cognito::UserPoolUICustomizationAttachment": "ui_customizations.UserPoolUICustomizationAttachmentType",
    "AWS::Cognito::UserPoolUser": "users.UserPoolUserType",
    "AWS::Cognito::UserPoolUserToGroupAttachment": "groups.UserPoolUserToGroupAttachmentType",
    "AWS::DynamoDB::GlobalTable": "data_stores.TableType",
    "AWS::DynamoDB::Table": "data_stores.TableType",
    "AWS::Events::EventBus": "channels.EventBusType",
    "AWS::IAM::AccessKey": "iam_users.AccessKeyType",
    "AWS::IAM::ManagedPolicy": "iam_policies.ManagedPolicyType",
    "AWS::IAM::OIDCProvider": "iam_providers.OIDCProviderType",
    "AWS::IAM::Policy": "iam_policies.PolicyType",
    "AWS::IAM::Role": "iam_roles.RoleType",
    "AWS::IAM::RolePolicy": "iam_policies.RolePolicyType",
    "AWS::IAM::SAMLProvider": "iam_providers.SAMLProviderType",
    "AWS::IAM::User": "iam_users.UserType",
    "AWS::IAM::UserPolicy": "iam_policies.UserPolicyType",
    "AWS::KMS::Alias": "data_stores.AliasType",
    "AWS::KMS::Key": "data_stores.KeyType",
    "AWS::Kinesis::Stream": "channels.StreamType",
    "AWS::Lambda::Alias": "function_versions.AliasType",
    "AWS::Lambda::Function": "functions.FunctionType",
    "AWS::Lambda::LayerVersion": "layers.LayerVersionType",
    "AWS::Lambda::Permission": "function_permissions.PermissionType",
    "AWS::Lambda::Version": "function_versions.VersionType",
    "AWS::Logs::LogGroup": "channels.LogGroupType",
    "AWS::S3::Bucket": "data_stores.BucketType",
    "AWS::SNS::Topic": "channels.TopicType",
    "AWS::SQS::Queue": "channels.QueueType",
    "AWS::SSM::Parameter": "data_stores.ParameterType",
    "AWS::SecretsManager::Secret": "data_stores.SecretType",
    "Custom::AWS": "custom_resources.SdkCallType",
    "Custom::DescribeCognitoUserPoolClient": "custom_resources.SdkCallType",
    "Custom::UserPoolCloudFrontDomainName": "custom_resources.SdkCallType",
    "aws_cloudwatch_log_group": "terraform.elsewhere.LogGroupType",
    "aws_cognito_identity_pool": "terraform.identity_pools.IdentityPoolType",
    "aws_cognito_identity_pool_provider_principal_tag": "terraform.identity_pools.IdentityPoolPrincipalTagType",
    "aws_cognito_identity_pool_roles_attachment": "terraform.identity_pools.IdentityPoolRolesAttachmentType",
    "aws_cognito_identity_provider": "terraform.identity_providers.IdentityProviderType",
    "aws_cognito_log_delivery_configuration": "terraform.settings.LogDeliveryConfigurationType",
    "aws_cognito_managed_login_branding": "terraform.managed_login_branding.ManagedLoginBrandingType",
    "aws_cognito_managed_user_pool_client": "terraform.user_pool_clients.ManagedUserPoolClientType",
    "aws_cognito_resource_server": "terraform.resource_servers.ResourceServerType",
    "aws_cognito_risk_configuration": "terraform.settings.RiskConfigurationType",
    "aws_cognito_user": "terraform.users.UserType",
    "aws_cognito_user_group": "terraform.user_groups.UserGroupType",
    "aws_cognito_user_in_group": "terraform.user_groups.UserInGroupType",
    "aws_cognito_user_pool": "terraform.user_pools.UserPoolType",
    "aws_cognito_user_pool_client": "terraform.user_pool_clients.UserPoolClientType",
    "aws_cognito_user_pool_domain": "terraform.user_pool_domains.UserPoolDomainType",
    "aws_cognito_user_pool_replica": "terraform.user_pool_replicas.UserPoolReplicaType",
    "aws_cognito_user_pool_ui_customization": "terraform.settings.UserPoolUiCustomizationType",
    "aws_dynamodb_table": "terraform.elsewhere.TableType",
    "aws_iam_policy": "terraform.iam.PolicyType",
    "aws_iam_role": "terraform.iam.RoleType",
    "aws_iam_role_policy": "terraform.iam.RolePolicyType",
    "aws_iam_role_policy_attachment": "terraform.iam.RolePolicyAttachmentType",
    "aws_kinesis_stream": "terraform.elsewhere.StreamType",
    "aws_kms_key": "terraform.elsewhere.KeyType",
    "aws_lambda_alias": "terraform.functions.AliasType",
    "aws_lambda_function": "terraform.functions.FunctionType",
    "aws_lambda_layer_version": "terraform.functions.LayerVersionType",
    "aws_lambda_permission": "terraform.functions.PermissionType",
    "aws_s3_bucket": "terraform.elsewhere.BucketType",
    "aws_sns_topic": "terraform.elsewhere.TopicType",
    "aws_sqs_queue": "terraform.elsewhere.QueueType",
    "aws_ssm_parameter": "terraform.elsewhere.ParameterType",
    "data.aws_iam_policy_document": "terraform.policy_documents.PolicyDocumentType",
}
"""Handlers by type: ``"AWS::Cognito::UserPool": "user_pools.UserPoolType"``, in ``resources``."""


@cache
def find(type_name: str) -> ResourceType | None:
    """The handler of a type; None for one that has none here, such as that of a table."""
    home = _TYPES.get(type_name)
    if home is None:
        return None
    module, _, name = home.rpartition(".")
    handler: type[ResourceType] = getattr(import_module(f"pytest_cognito.infrastructure.resources.{module}"), name)
    return handler()


def types() -> list[str]:
    """All types that have a handler."""
    return list(_TYPES)
