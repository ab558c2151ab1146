"""Steps with effects that operations of Cognito Sync share."""
