"""The hooks: each makes a library respond to requests for Cognito in the process, without the network."""
