"""What a test holds of a deployed template, and how it is opened: `Cognito.deploy`, `Cognito.stack`, `Stack`."""
