"""Amazon Cognito user pools (``cognito-idp``).

Other packages import the names in ``__all__`` and nothing else. Each name is imported lazily, from its module.

``operations`` has the API operations, in a module for each subject. ``flows`` are steps with side effects that several
operations share. ``triggers`` invokes Lambda functions, ``rules`` read and write no table, ``records`` are the stored
data, ``errors`` are the error codes and messages of AWS.
"""

from typing import TYPE_CHECKING

from pytest_cognito.kernel.lazy import exports

if TYPE_CHECKING:
    from pytest_cognito.cognito_idp.arrange import (
        add_federated_user,
        add_user,
        cache_client_metadata,
        clients_of,
        expected_code,
        find_identity_provider,
        finish_import,
        give_import_file,
        import_job,
        import_jobs_of,
        issue_tokens,
        join_group,
        pools_of,
        set_function,
        sign_in_federated,
        users_of,
    )
    from pytest_cognito.cognito_idp.explanations import explain
    from pytest_cognito.cognito_idp.flows.authorization.sign_in import Finished, Step
    from pytest_cognito.cognito_idp.flows.pools.request_rates import count_request, is_over_quota
    from pytest_cognito.cognito_idp.flows.tokens.issuing import API_SCOPES, Tokens, sign
    from pytest_cognito.cognito_idp.lookup import find_user
    from pytest_cognito.cognito_idp.overview import Contents, contents_of, every_pool
    from pytest_cognito.cognito_idp.pool_keys import KeyPair, keys_of
    from pytest_cognito.cognito_idp.records import (
        CLIENTS,
        POOLS,
        AppClient,
        Domain,
        PageState,
        User,
        UserImportJob,
        UserPool,
    )
    from pytest_cognito.cognito_idp.regions import region_of
    from pytest_cognito.cognito_idp.rules.clients.client_settings import allowed_flows
    from pytest_cognito.cognito_idp.rules.clients.secret_hash import compute_secret_hash
    from pytest_cognito.cognito_idp.rules.factors.srp_client import SrpClient, device_secret_verifier
    from pytest_cognito.cognito_idp.rules.imports.csv_file import csv_line
    from pytest_cognito.cognito_idp.rules.oauth.authorization_requests import AuthorizationRequest
    from pytest_cognito.cognito_idp.rules.tokens.claims import issuer
    from pytest_cognito.cognito_idp.rules.tokens.unverified import unverified_claims
    from pytest_cognito.cognito_idp.trigger_events import TriggerEvents
    from pytest_cognito.cognito_idp.triggers.catalog import check_trigger
    from pytest_cognito.cognito_idp.web.authorization import (
        ClientOfRequest,
        answer_challenge,
        authorization_request,
        authorize_user,
        begin_sign_in,
        client_of_request,
        continue_session,
        end_session,
        provider_of_request,
        waiting_sign_in,
    )
    from pytest_cognito.cognito_idp.web.domains import (
        domain_with_label,
        domains_of,
        every_domain,
        find_domain,
        label_of,
        pool_of_documents,
    )
    from pytest_cognito.cognito_idp.web.links import FEEDBACK_PARAMETERS, confirm_by_link, give_feedback
    from pytest_cognito.cognito_idp.web.token_endpoint import Credentials, token
    from pytest_cognito.cognito_idp.web.uploads import receive_import_file

_HOMES = {
    "add_federated_user": "arrange",
    "add_user": "arrange",
    "cache_client_metadata": "arrange",
    "clients_of": "arrange",
    "expected_code": "arrange",
    "find_identity_provider": "arrange",
    "finish_import": "arrange",
    "give_import_file": "arrange",
    "import_job": "arrange",
    "import_jobs_of": "arrange",
    "issue_tokens": "arrange",
    "join_group": "arrange",
    "pools_of": "arrange",
    "set_function": "arrange",
    "sign_in_federated": "arrange",
    "users_of": "arrange",
    "explain": "explanations",
    "Finished": "flows.authorization.sign_in",
    "Step": "flows.authorization.sign_in",
    "count_request": "flows.pools.request_rates",
    "is_over_quota": "flows.pools.request_rates",
    "API_SCOPES": "flows.tokens.issuing",
    "Tokens": "flows.tokens.issuing",
    "sign": "flows.tokens.issuing",
    "find_user": "lookup",
    "Contents": "overview",
    "contents_of": "overview",
    "every_pool": "overview",
    "KeyPair": "pool_keys",
    "keys_of": "pool_keys",
    "CLIENTS": "records",
    "POOLS": "records",
    "AppClient": "records",
    "Domain": "records",
    "User": "records",
    "UserImportJob": "records",
    "UserPool": "records",
    "PageState": "records",
    "region_of": "regions",
    "allowed_flows": "rules.clients.client_settings",
    "compute_secret_hash": "rules.clients.secret_hash",
    "SrpClient": "rules.factors.srp_client",
    "device_secret_verifier": "rules.factors.srp_client",
    "csv_line": "rules.imports.csv_file",
    "AuthorizationRequest": "rules.oauth.authorization_requests",
    "issuer": "rules.tokens.claims",
    "unverified_claims": "rules.tokens.unverified",
    "TriggerEvents": "trigger_events",
    "check_trigger": "triggers.catalog",
    "ClientOfRequest": "web.authorization",
    "answer_challenge": "web.authorization",
    "authorization_request": "web.authorization",
    "authorize_user": "web.authorization",
    "begin_sign_in": "web.authorization",
    "client_of_request": "web.authorization",
    "continue_session": "web.authorization",
    "end_session": "web.authorization",
    "provider_of_request": "web.authorization",
    "waiting_sign_in": "web.authorization",
    "domain_with_label": "web.domains",
    "domains_of": "web.domains",
    "every_domain": "web.domains",
    "find_domain": "web.domains",
    "label_of": "web.domains",
    "pool_of_documents": "web.domains",
    "FEEDBACK_PARAMETERS": "web.links",
    "confirm_by_link": "web.links",
    "give_feedback": "web.links",
    "Credentials": "web.token_endpoint",
    "token": "web.token_endpoint",
    "receive_import_file": "web.uploads",
}

__all__ = [
    "API_SCOPES",
    "CLIENTS",
    "FEEDBACK_PARAMETERS",
    "POOLS",
    "AppClient",
    "AuthorizationRequest",
    "ClientOfRequest",
    "Contents",
    "Credentials",
    "Domain",
    "Finished",
    "KeyPair",
    "PageState",
    "SrpClient",
    "Step",
    "Tokens",
    "TriggerEvents",
    "User",
    "UserImportJob",
    "UserPool",
    "add_federated_user",
    "add_user",
    "allowed_flows",
    "answer_challenge",
    "authorization_request",
    "authorize_user",
    "begin_sign_in",
    "cache_client_metadata",
    "check_trigger",
    "client_of_request",
    "clients_of",
    "compute_secret_hash",
    "confirm_by_link",
    "contents_of",
    "continue_session",
    "count_request",
    "csv_line",
    "device_secret_verifier",
    "domain_with_label",
    "domains_of",
    "end_session",
    "every_domain",
    "every_pool",
    "expected_code",
    "explain",
    "find_domain",
    "find_identity_provider",
    "find_user",
    "finish_import",
    "give_feedback",
    "give_import_file",
    "import_job",
    "import_jobs_of",
    "is_over_quota",
    "issue_tokens",
    "issuer",
    "join_group",
    "keys_of",
    "label_of",
    "pool_of_documents",
    "pools_of",
    "provider_of_request",
    "receive_import_file",
    "region_of",
    "set_function",
    "sign",
    "sign_in_federated",
    "token",
    "unverified_claims",
    "users_of",
    "waiting_sign_in",
]

if not TYPE_CHECKING:  # an unknown name is an error for a type checker
    __getattr__ = exports(__name__, _HOMES)
