"""The stored records of Cognito Sync, each with the schema of its table."""

from pytest_cognito.cognito_sync.records.bulk_publishes import BULK_PUBLISHES, BulkPublish
from pytest_cognito.cognito_sync.records.configurations import CONFIGURATIONS, Configuration
from pytest_cognito.cognito_sync.records.datasets import DATASETS, Dataset, Record
from pytest_cognito.cognito_sync.records.devices import DEVICES, SUBSCRIPTIONS, Device, Subscription
from pytest_cognito.cognito_sync.records.sync_sessions import SYNC_SESSIONS, SyncSession

__all__ = [
    "BULK_PUBLISHES",
    "CONFIGURATIONS",
    "DATASETS",
    "DEVICES",
    "SUBSCRIPTIONS",
    "SYNC_SESSIONS",
    "BulkPublish",
    "Configuration",
    "Dataset",
    "Device",
    "Record",
    "Subscription",
    "SyncSession",
]
