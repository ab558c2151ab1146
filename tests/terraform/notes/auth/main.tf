variable "name" {
  type = string
}

variable "pre_token" {
  type = string
}

resource "aws_cognito_user_pool" "main" {
  name                     = var.name
  alias_attributes         = ["email"]
  auto_verified_attributes = ["email"]
  mfa_configuration        = "OPTIONAL"

  software_token_mfa_configuration {
    enabled = true
  }
  password_policy {
    minimum_length    = 10
    require_lowercase = true
  }
  schema {
    name                = "tenant"
    attribute_data_type = "String"
    mutable             = true
    string_attribute_constraints {
      max_length = 64
    }
  }
  lambda_config {
    pre_token_generation = var.pre_token
  }
}

resource "aws_cognito_user_pool_domain" "main" {
  domain       = "notes-example"
  user_pool_id = aws_cognito_user_pool.main.id
}

output "pool_id" {
  value = aws_cognito_user_pool.main.id
}

output "pool_arn" {
  value = aws_cognito_user_pool.main.arn
}

output "endpoint" {
  value = aws_cognito_user_pool.main.endpoint
}
