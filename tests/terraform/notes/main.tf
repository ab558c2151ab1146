# What tests/infrastructure/terraform/recorded has a plan and a state of, by AWS provider 5.100. `other` answers IAM and Lambda.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}

variable "endpoint" {
  type = string
}

variable "other" {
  type = string
}

provider "aws" {
  region     = "eu-west-1"
  access_key = "test"
  secret_key = "test"

  endpoints {
    cognitoidentity = var.endpoint
    cognitoidp      = var.endpoint
    sts             = var.endpoint
    iam             = var.other
    lambda          = var.other
  }
  default_tags {
    tags = { team = "identity" }
  }
}

module "auth" {
  source    = "./auth"
  name      = "notes"
  pre_token = aws_lambda_function.claims.arn
}

resource "aws_cognito_user_pool_client" "app" {
  for_each                     = { web = "https://notes.example.com/callback", spa = "http://localhost:3000/" }
  name                         = each.key
  user_pool_id                 = module.auth.pool_id
  generate_secret              = each.key == "web"
  explicit_auth_flows          = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
  callback_urls                = [each.value]
  supported_identity_providers = ["COGNITO", aws_cognito_identity_provider.google.provider_name]
}

resource "aws_cognito_identity_provider" "google" {
  user_pool_id  = module.auth.pool_id
  provider_name = "Google"
  provider_type = "Google"
  provider_details = {
    client_id        = "google-client"
    client_secret    = "google-secret"
    authorize_scopes = "openid email"
  }
  attribute_mapping = { email = "email" }
}

resource "aws_cognito_user" "ann" {
  user_pool_id = module.auth.pool_id
  username     = "ann"
  password     = "Correct-horse-7"
  attributes   = { email = "ann@example.com", email_verified = true, tenant = "t1" }
}

resource "aws_cognito_user_group" "group" {
  count        = 2
  name         = "group-${count.index}"
  user_pool_id = module.auth.pool_id
}

resource "aws_cognito_user_in_group" "ann" {
  user_pool_id = module.auth.pool_id
  group_name   = aws_cognito_user_group.group[1].name
  username     = aws_cognito_user.ann.username
}

resource "aws_lambda_function" "claims" {
  function_name = "claims"
  filename      = "claims.zip"
  handler       = "claims.handler"
  runtime       = "python3.12"
  role          = aws_iam_role.function.arn
  environment {
    variables = { TENANT = "t1" }
  }
}

resource "aws_lambda_permission" "claims" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.claims.function_name
  principal     = "cognito-idp.amazonaws.com"
  source_arn    = module.auth.pool_arn
}

resource "aws_iam_role" "function" {
  name               = "notes-function"
  assume_role_policy = data.aws_iam_policy_document.function.json
}

data "aws_iam_policy_document" "function" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_cognito_identity_pool" "main" {
  identity_pool_name = "notes"

  cognito_identity_providers {
    client_id     = aws_cognito_user_pool_client.app["spa"].id
    provider_name = module.auth.endpoint
  }
}

data "aws_iam_policy_document" "users" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = ["cognito-identity.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "cognito-identity.amazonaws.com:aud"
      values   = [aws_cognito_identity_pool.main.id]
    }
    condition {
      test     = "ForAnyValue:StringLike"
      variable = "cognito-identity.amazonaws.com:amr"
      values   = ["authenticated"]
    }
  }
}

resource "aws_iam_role" "authenticated" {
  name_prefix        = "notes-"
  assume_role_policy = data.aws_iam_policy_document.users.json
}

resource "aws_iam_role_policy" "authenticated" {
  role = aws_iam_role.authenticated.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::notes/*" }]
  })
}

resource "aws_cognito_identity_pool_roles_attachment" "main" {
  identity_pool_id = aws_cognito_identity_pool.main.id
  roles            = { authenticated = aws_iam_role.authenticated.arn }

  role_mapping {
    identity_provider         = "${module.auth.endpoint}:${aws_cognito_user_pool_client.app["spa"].id}"
    ambiguous_role_resolution = "AuthenticatedRole"
    type                      = "Token"
  }
}

output "user_pool_id" {
  value = module.auth.pool_id
}

output "issuer" {
  value = "https://${module.auth.endpoint}"
}

output "client_secret" {
  value     = aws_cognito_user_pool_client.app["web"].client_secret
  sensitive = true
}

output "environment" {
  value = { POOL = module.auth.pool_id, CLIENT = aws_cognito_user_pool_client.app["spa"].id }
}
