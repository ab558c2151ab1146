"""The doors in process: what stands between a library that would call Cognito and the network."""
