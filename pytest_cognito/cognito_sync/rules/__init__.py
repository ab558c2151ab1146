"""Functions of Cognito Sync that read and write no table."""
