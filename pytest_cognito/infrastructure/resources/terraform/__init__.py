"""What Terraform's AWS provider does for each type of resource, call by call."""
