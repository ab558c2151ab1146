"""Elastic Load Balancing's refusals of what a template declares."""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText

BALANCER_EXISTS = ErrorText(
    "DuplicateLoadBalancerName",
    "A load balancer with the same name '{name}' exists, but with different settings",
)
TARGET_GROUP_EXISTS = ErrorText(
    "DuplicateTargetGroupName", "A target group with the same name '{name}' exists, but with different settings"
)
LISTENER_EXISTS = ErrorText(
    "DuplicateListener", "A listener already exists on this port for this load balancer '{arn}'"
)
PRIORITY_IN_USE = ErrorText("PriorityInUse", "Priority '{priority}' is currently in use")
CERTIFICATE_MISSING = ErrorText("ValidationError", "A certificate must be specified for HTTPS listeners")
FUNCTION_NOT_PERMITTED = ErrorText(
    "AccessDenied",
    "elasticloadbalancing principal does not have permission to invoke {function} from target group {group}",
    403,
)
TARGET_GROUP_IN_USE = ErrorText("ResourceInUse", "Target group '{arn}' is currently in use by a listener or a rule")

# Their wording at AWS is not known to the letter.
PRIORITY_OUT_OF_RANGE = ErrorText("ValidationError", "Priority must be between 1 and 50000, and is '{priority}'")
AUTHENTICATION_NEEDS_HTTPS = ErrorText(
    "InvalidLoadBalancerAction", "Actions of type '{type}' are supported only on HTTPS listeners"
)
NO_ANSWERING_ACTION = ErrorText(
    "InvalidLoadBalancerAction",
    "The last action must be one of forward, redirect and fixed-response, and there must be one alone",
)
UNKNOWN_ACTION = ErrorText("ValidationError", "The action type '{type}' is not valid")
UNKNOWN_CONDITION = ErrorText("ValidationError", "Condition field '{field}' must be one of '[{fields}]'")
CONFIGURATION_MISSING = ErrorText("ValidationError", "An action of type '{type}' must specify {name}")
SESSION_TIMEOUT = ErrorText("ValidationError", "SessionTimeout must be between 1 and 604800, and is '{value}'")
CLIENT_WITHOUT_SECRET = ErrorText(
    "InvalidLoadBalancerAction", "The user pool client '{client}' must have a client secret"
)
CLIENT_UNKNOWN = ErrorText(
    "InvalidLoadBalancerAction", "The user pool client '{client}' does not exist in the user pool '{pool}'"
)
ONE_FUNCTION = ErrorText("TooManyTargets", "A target group of the type lambda has one target at most")
