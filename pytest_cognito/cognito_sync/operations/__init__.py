"""The operations of Cognito Sync: a module for each noun of the AWS documentation."""
