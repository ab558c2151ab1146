"""Threat protection, its events, and the delivery of logs."""

from __future__ import annotations

from tests.conformance.scenarios.common import (
    NO_POOL,
    NOWHERE,
    PASSWORD,
    a_client,
    a_pool,
    a_user,
    by_password,
    scenario,
)
from tests.conformance.transport import Transport

FULL = {"AdvancedSecurityMode": "ENFORCED"}
OFF = "UserPoolAddOnNotEnabledException"
SOURCE = "arn:aws:ses:us-east-1:123456789012:identity/security@example.com"
GROUP = "arn:aws:logs:us-east-1:123456789012:log-group:cognito"
EMAIL = {"Subject": "Is this you, {username}?", "TextBody": "{event-id} {feedback-token}"}


@scenario
def threat_protection(transport: Transport) -> None:
    pool = a_pool(transport, UserPoolAddOns=FULL)
    client = a_client(transport, pool)["ClientId"]
    a_user(transport, pool)
    takeover = {
        "NotifyConfiguration": {"SourceArn": SOURCE, "BlockEmail": EMAIL},
        "Actions": {"HighAction": {"Notify": True, "EventAction": "BLOCK"}},
    }
    ranges = {"BlockedIPRangeList": ["198.51.100.0/24"]}
    where = {"UserPoolId": pool, "ClientId": client}
    transport.call("SetRiskConfiguration", UserPoolId=pool, AccountTakeoverRiskConfiguration=takeover)
    transport.call("DescribeRiskConfiguration", UserPoolId=pool)
    transport.call("DescribeRiskConfiguration", **where)
    wrong = {"BlockedIPRangeList": ["here"]}
    transport.refused("SetRiskConfiguration", "InvalidParameterException", **where, RiskExceptionConfiguration=wrong)
    transport.refused("SetRiskConfiguration", NO_POOL, UserPoolId=NOWHERE, RiskExceptionConfiguration=ranges)
    transport.refused("DescribeRiskConfiguration", OFF, UserPoolId=a_pool(transport))
    transport.call("InitiateAuth", **by_password(client), UserContextData={"IpAddress": "203.0.113.7"})
    transport.cognito.threats.risk("alice", "High")
    transport.refused("InitiateAuth", "NotAuthorizedException", **by_password(client))
    transport.cognito.threats.compromise(password=PASSWORD)
    user = {"UserPoolId": pool, "Username": "alice"}
    listed = transport.call("AdminListUserAuthEvents", **user, MaxResults=1)
    transport.call("AdminListUserAuthEvents", **user, NextToken=listed["NextToken"])
    transport.refused("AdminListUserAuthEvents", OFF, UserPoolId=a_pool(transport), Username="alice")
    event_id, token = transport.outbox.last(to="alice@example.com").body.split()
    feedback = {**user, "EventId": event_id, "FeedbackValue": "Valid"}
    transport.call("AdminUpdateAuthEventFeedback", **feedback)
    transport.call("UpdateAuthEventFeedback", **feedback, FeedbackToken=token)
    transport.refused("UpdateAuthEventFeedback", "NotAuthorizedException", **feedback, FeedbackToken="no")
    unknown = {**feedback, "EventId": "no"}
    transport.refused("AdminUpdateAuthEventFeedback", "InvalidParameterException", **unknown)
    transport.call("AdminListUserAuthEvents", **user)


@scenario
def log_delivery(transport: Transport) -> None:
    pool = a_pool(transport)
    group = {"CloudWatchLogsConfiguration": {"LogGroupArn": GROUP}}
    errors = {"LogLevel": "ERROR", "EventSource": "userNotification", **group}
    activity = {"LogLevel": "INFO", "EventSource": "userAuthEvents", **group}
    transport.call("SetLogDeliveryConfiguration", UserPoolId=pool, LogConfigurations=[errors])
    transport.call("GetLogDeliveryConfiguration", UserPoolId=pool)
    plan = "FeatureUnavailableInTierException"
    transport.refused("SetLogDeliveryConfiguration", plan, UserPoolId=pool, LogConfigurations=[activity])
    transport.refused("GetLogDeliveryConfiguration", NO_POOL, UserPoolId=NOWHERE)
