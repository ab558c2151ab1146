"""The quotas on resources: AWS's defaults. A quota that the service model has as a length is not here.

Each is checked where its resource is made, against a number that a table knows without counting.
"""

from __future__ import annotations

# Of an account in a region.
USER_POOLS = 1000
# Of an account.
CUSTOM_DOMAINS = 4
EMAILS_OF_DEFAULT_SENDER = 50
"""A day; the day begins at 9:00 UTC."""
# Of a user pool.
APP_CLIENTS = 1000
IDENTITY_PROVIDERS = 300
RESOURCE_SERVERS = 25
GROUPS_OF_POOL = 10_000
CUSTOM_ATTRIBUTES = 50
TAGS = 50
BRANDINGS_OF_POOL = 20
TERMS_OF_POOL = 40
IMPORT_JOBS = 1000
REPLICAS = 1
# Of a user.
GROUPS_OF_USER = 100
LINKED_IDENTITIES = 5
PASSKEYS = 20
# Of an app client.
CLIENT_SECRETS = 2
