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
    from pytest_cognito.cognito_idp.errors import ATTEMPT_EXPIRED, LOGIN_OPTION_NOT_AVAILABLE, PROVIDER_STATE_UNKNOWN
    from pytest_cognito.cognito_idp.explanations import explain
    from pytest_cognito.cognito_idp.flows.authorization.sign_in import Finished, Step
    from pytest_cognito.cognito_idp.flows.pools.request_rates import count_request, is_over_quota
    from pytest_cognito.cognito_idp.flows.tokens.issuing import API_SCOPES, Tokens, sign
    from pytest_cognito.cognito_idp.flows.tokens.presented import id_token_keys, is_active, issuer_of, provider_name
    from pytest_cognito.cognito_idp.look import ManagedLook, branding_of, managed_look, terms_links, ui_customization
    from pytest_cognito.cognito_idp.lookup import find_user
    from pytest_cognito.cognito_idp.overview import Contents, contents_of, every_pool
    from pytest_cognito.cognito_idp.pool_keys import KeyPair, keys_of
    from pytest_cognito.cognito_idp.records import (
        CLIENTS,
        DOMAINS,
        LOCAL,
        POOLS,
        AppClient,
        Branding,
        Domain,
        IdentityProvider,
        PageState,
        UICustomization,
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
    from pytest_cognito.cognito_idp.trigger_events import TriggerEvents
    from pytest_cognito.cognito_idp.triggers.catalog import check_trigger
    from pytest_cognito.cognito_idp.web import (
        authorization,
        federation,
        page_states,
        password_reset,
        signing_in,
        signing_up,
    )
    from pytest_cognito.cognito_idp.web.authorization import ClientOfRequest
    from pytest_cognito.cognito_idp.web.client_authentication import Credentials
    from pytest_cognito.cognito_idp.web.client_registration import register_client, registers_clients
    from pytest_cognito.cognito_idp.web.clients import keep_client_document, lacks_client_document
    from pytest_cognito.cognito_idp.web.domains import (
        domain_with_label,
        domains_of,
        every_domain,
        find_domain,
        label_of,
        pool_of_documents,
    )
    from pytest_cognito.cognito_idp.web.federation import ComingBack
    from pytest_cognito.cognito_idp.web.links import FEEDBACK_PARAMETERS, confirm_by_link, give_feedback
    from pytest_cognito.cognito_idp.web.logout import SignedOut, sign_out
    from pytest_cognito.cognito_idp.web.passkeys import complete_passkey, start_passkey
    from pytest_cognito.cognito_idp.web.revocation import revoke_refresh_token
    from pytest_cognito.cognito_idp.web.signing_in import SignInOptions
    from pytest_cognito.cognito_idp.web.token_endpoint import token
    from pytest_cognito.cognito_idp.web.uploads import receive_import_file
    from pytest_cognito.cognito_idp.web.user_info import user_info

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
    "ATTEMPT_EXPIRED": "errors",
    "LOGIN_OPTION_NOT_AVAILABLE": "errors",
    "PROVIDER_STATE_UNKNOWN": "errors",
    "explain": "explanations",
    "Finished": "flows.authorization.sign_in",
    "Step": "flows.authorization.sign_in",
    "count_request": "flows.pools.request_rates",
    "is_over_quota": "flows.pools.request_rates",
    "API_SCOPES": "flows.tokens.issuing",
    "Tokens": "flows.tokens.issuing",
    "sign": "flows.tokens.issuing",
    "id_token_keys": "flows.tokens.presented",
    "is_active": "flows.tokens.presented",
    "issuer_of": "flows.tokens.presented",
    "provider_name": "flows.tokens.presented",
    "ManagedLook": "look",
    "branding_of": "look",
    "managed_look": "look",
    "terms_links": "look",
    "ui_customization": "look",
    "find_user": "lookup",
    "Contents": "overview",
    "contents_of": "overview",
    "every_pool": "overview",
    "KeyPair": "pool_keys",
    "keys_of": "pool_keys",
    "CLIENTS": "records",
    "DOMAINS": "records",
    "LOCAL": "records",
    "POOLS": "records",
    "AppClient": "records",
    "Branding": "records",
    "Domain": "records",
    "IdentityProvider": "records",
    "PageState": "records",
    "UICustomization": "records",
    "User": "records",
    "UserImportJob": "records",
    "UserPool": "records",
    "region_of": "regions",
    "allowed_flows": "rules.clients.client_settings",
    "compute_secret_hash": "rules.clients.secret_hash",
    "SrpClient": "rules.factors.srp_client",
    "device_secret_verifier": "rules.factors.srp_client",
    "csv_line": "rules.imports.csv_file",
    "AuthorizationRequest": "rules.oauth.authorization_requests",
    "issuer": "rules.tokens.claims",
    "TriggerEvents": "trigger_events",
    "check_trigger": "triggers.catalog",
    "authorization": "web",
    "federation": "web",
    "page_states": "web",
    "password_reset": "web",
    "signing_in": "web",
    "signing_up": "web",
    "ClientOfRequest": "web.authorization",
    "Credentials": "web.client_authentication",
    "register_client": "web.client_registration",
    "registers_clients": "web.client_registration",
    "keep_client_document": "web.clients",
    "lacks_client_document": "web.clients",
    "domain_with_label": "web.domains",
    "domains_of": "web.domains",
    "every_domain": "web.domains",
    "find_domain": "web.domains",
    "label_of": "web.domains",
    "pool_of_documents": "web.domains",
    "ComingBack": "web.federation",
    "FEEDBACK_PARAMETERS": "web.links",
    "confirm_by_link": "web.links",
    "give_feedback": "web.links",
    "SignedOut": "web.logout",
    "sign_out": "web.logout",
    "complete_passkey": "web.passkeys",
    "start_passkey": "web.passkeys",
    "revoke_refresh_token": "web.revocation",
    "SignInOptions": "web.signing_in",
    "token": "web.token_endpoint",
    "receive_import_file": "web.uploads",
    "user_info": "web.user_info",
}

__all__ = [
    "API_SCOPES",
    "ATTEMPT_EXPIRED",
    "CLIENTS",
    "DOMAINS",
    "FEEDBACK_PARAMETERS",
    "LOCAL",
    "LOGIN_OPTION_NOT_AVAILABLE",
    "POOLS",
    "PROVIDER_STATE_UNKNOWN",
    "AppClient",
    "AuthorizationRequest",
    "Branding",
    "ClientOfRequest",
    "ComingBack",
    "Contents",
    "Credentials",
    "Domain",
    "Finished",
    "IdentityProvider",
    "KeyPair",
    "ManagedLook",
    "PageState",
    "SignInOptions",
    "SignedOut",
    "SrpClient",
    "Step",
    "Tokens",
    "TriggerEvents",
    "UICustomization",
    "User",
    "UserImportJob",
    "UserPool",
    "add_federated_user",
    "add_user",
    "allowed_flows",
    "authorization",
    "branding_of",
    "cache_client_metadata",
    "check_trigger",
    "clients_of",
    "complete_passkey",
    "compute_secret_hash",
    "confirm_by_link",
    "contents_of",
    "count_request",
    "csv_line",
    "device_secret_verifier",
    "domain_with_label",
    "domains_of",
    "every_domain",
    "every_pool",
    "expected_code",
    "explain",
    "federation",
    "find_domain",
    "find_identity_provider",
    "find_user",
    "finish_import",
    "give_feedback",
    "give_import_file",
    "id_token_keys",
    "import_job",
    "import_jobs_of",
    "is_active",
    "is_over_quota",
    "issue_tokens",
    "issuer",
    "issuer_of",
    "join_group",
    "keep_client_document",
    "keys_of",
    "label_of",
    "lacks_client_document",
    "managed_look",
    "page_states",
    "password_reset",
    "pool_of_documents",
    "pools_of",
    "provider_name",
    "receive_import_file",
    "region_of",
    "register_client",
    "registers_clients",
    "revoke_refresh_token",
    "set_function",
    "sign",
    "sign_in_federated",
    "sign_out",
    "signing_in",
    "signing_up",
    "start_passkey",
    "terms_links",
    "token",
    "ui_customization",
    "user_info",
    "users_of",
]

if not TYPE_CHECKING:  # an unknown name is an error for a type checker
    __getattr__ = exports(__name__, _HOMES)
