"""HTTP APIs of API Gateway: JWT authorizers, Lambda authorizers, IAM, and events of the formats 2.0 and 1.0."""
