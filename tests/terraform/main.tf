# User pools with many settings, for tests/server/test_terraform.py. `changed` changes something of every resource.

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

variable "minimum_length" {
  type    = number
  default = 12
}

variable "changed" {
  type    = bool
  default = false
}

locals {
  functions = "arn:aws:lambda:eu-west-1:123456789012:function"
  keys      = "arn:aws:acm:us-east-1:123456789012:certificate/1a2b3c4d-1a2b-1a2b-1a2b"
}

provider "aws" {
  region     = "eu-west-1"
  access_key = "test"
  secret_key = "test"

  endpoints {
    cognitoidentity = var.endpoint
    cognitoidp      = var.endpoint
    sts             = var.endpoint
  }
  default_tags {
    tags = { team = "identity" }
  }
}

resource "aws_cognito_user_pool" "bare" {
  name = "bare"
}

resource "aws_cognito_user_pool" "app" {
  name                     = "app"
  alias_attributes         = ["email", "preferred_username"]
  auto_verified_attributes = ["email"]
  mfa_configuration        = var.changed ? "OFF" : "OPTIONAL"
  tags                     = var.changed ? { stage = "test", cost = "1" } : { stage = "test" }

  dynamic "software_token_mfa_configuration" {
    for_each = var.changed ? [] : [true]
    content {
      enabled = true
    }
  }
  username_configuration {
    case_sensitive = false
  }
  dynamic "user_attribute_update_settings" {
    for_each = var.changed ? [] : [true]
    content {
      attributes_require_verification_before_update = ["email"]
    }
  }
  dynamic "device_configuration" {
    for_each = var.changed ? [] : [true]
    content {
      challenge_required_on_new_device      = true
      device_only_remembered_on_user_prompt = true
    }
  }
  admin_create_user_config {
    allow_admin_create_user_only = var.changed
    invite_message_template {
      email_subject = "Welcome"
      email_message = "{username}, your password is {####}"
      sms_message   = "{username}, your password is {####}"
    }
  }
  account_recovery_setting {
    recovery_mechanism {
      name     = "verified_email"
      priority = 1
    }
  }
  password_policy {
    minimum_length                   = var.minimum_length
    require_lowercase                = true
    require_numbers                  = true
    require_symbols                  = false
    require_uppercase                = true
    password_history_size            = 3
    temporary_password_validity_days = 3
  }
  schema {
    name                = "tenant"
    attribute_data_type = "String"
    mutable             = true
    string_attribute_constraints {
      min_length = 1
      max_length = 64
    }
  }
  dynamic "schema" {
    for_each = var.changed ? [true] : []
    content {
      name                = "added"
      attribute_data_type = "Boolean"
      mutable             = true
    }
  }
  verification_message_template {
    default_email_option = "CONFIRM_WITH_CODE"
    email_subject        = var.changed ? "Your new code" : "Your code"
    email_message        = "The code is {####}"
    sms_message          = "The code is {####}"
  }
  lambda_config {
    pre_sign_up = "${local.functions}:greet"
    pre_token_generation_config {
      lambda_arn     = "${local.functions}:claims"
      lambda_version = var.changed ? "V3_0" : "V2_0"
    }
  }
}

resource "aws_cognito_user_pool" "phone" {
  name                       = "phone"
  username_attributes        = ["email", "phone_number"]
  auto_verified_attributes   = ["email", "phone_number"]
  mfa_configuration          = "ON"
  sms_authentication_message = "The code is {####}"
  user_pool_tier             = "PLUS"
  deletion_protection        = "INACTIVE"

  sms_configuration {
    external_id    = "phone"
    sns_caller_arn = "arn:aws:iam::123456789012:role/sms"
    sns_region     = "eu-west-1"
  }
  email_configuration {
    email_sending_account = "DEVELOPER"
    source_arn            = "arn:aws:ses:eu-west-1:123456789012:identity/example.com"
    from_email_address    = "Example <no-reply@example.com>"
    configuration_set     = var.changed ? "second" : "first"
  }
  email_mfa_configuration {
    message = "The code is {####}"
    subject = var.changed ? "Your new code" : "Your code"
  }
  software_token_mfa_configuration {
    enabled = true
  }
  user_pool_add_ons {
    advanced_security_mode = var.changed ? "AUDIT" : "ENFORCED"
  }
}

resource "aws_cognito_user_pool" "passwordless" {
  name = "passwordless"

  sign_in_policy {
    allowed_first_auth_factors = ["PASSWORD", "EMAIL_OTP", "WEB_AUTHN"]
  }
  web_authn_configuration {
    relying_party_id  = "example.com"
    user_verification = var.changed ? "preferred" : "required"
  }
}

resource "aws_cognito_user_pool_client" "bare" {
  name         = "bare"
  user_pool_id = aws_cognito_user_pool.app.id
}

resource "aws_cognito_user_pool_client" "web" {
  name                                 = "web"
  user_pool_id                         = aws_cognito_user_pool.app.id
  generate_secret                      = true
  explicit_auth_flows                  = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
  allowed_oauth_flows                  = ["code"]
  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_scopes                 = var.changed ? ["openid", "email", "profile"] : ["openid", "email"]
  callback_urls                        = ["http://localhost:3000/callback"]
  logout_urls                          = ["http://localhost:3000/"]
  supported_identity_providers         = ["COGNITO"]
  access_token_validity                = var.changed ? 45 : 30
  id_token_validity                    = 30
  refresh_token_validity               = 7
  prevent_user_existence_errors        = "ENABLED"
  read_attributes                      = ["email", "custom:tenant"]
  write_attributes                     = ["email"]

  token_validity_units {
    access_token  = "minutes"
    id_token      = "minutes"
    refresh_token = "days"
  }
}

resource "aws_cognito_user_pool_client" "rotating" {
  name                  = "rotating"
  user_pool_id          = aws_cognito_user_pool.phone.id
  explicit_auth_flows   = ["ALLOW_USER_AUTH", "ALLOW_CUSTOM_AUTH"]
  auth_session_validity = 5

  refresh_token_rotation {
    feature                    = "ENABLED"
    retry_grace_period_seconds = var.changed ? 20 : 10
  }
}

resource "aws_cognito_user_pool_domain" "prefix" {
  domain       = var.changed ? "example-second" : "example-first"
  user_pool_id = aws_cognito_user_pool.app.id
}

resource "aws_cognito_user_pool_domain" "custom" {
  domain          = "auth.example.com"
  certificate_arn = var.changed ? "${local.keys}-1a2b3c4d1a2c" : "${local.keys}-1a2b3c4d1a2b"
  user_pool_id    = aws_cognito_user_pool.phone.id
}

resource "aws_cognito_user_group" "admins" {
  name         = "admins"
  user_pool_id = aws_cognito_user_pool.app.id
  description  = var.changed ? null : "may do all"
  precedence   = var.changed ? 2 : 1
  role_arn     = "arn:aws:iam::123456789012:role/admins"
}

resource "aws_cognito_user" "ann" {
  user_pool_id = aws_cognito_user_pool.app.id
  username     = "ann"
  password     = var.changed ? "Correct-horse-battery-8" : "Correct-horse-battery-7"
  enabled      = !var.changed
  attributes = {
    email          = "ann@example.com"
    email_verified = true
    tenant         = var.changed ? "t2" : "t1"
  }
}

resource "aws_cognito_user" "bob" {
  user_pool_id       = aws_cognito_user_pool.bare.id
  username           = "bob"
  temporary_password = "Correct-horse-7"
  message_action     = "SUPPRESS"
}

resource "aws_cognito_user_in_group" "ann" {
  user_pool_id = aws_cognito_user_pool.app.id
  group_name   = aws_cognito_user_group.admins.name
  username     = aws_cognito_user.ann.username
}

data "aws_cognito_user_pools" "bare" {
  name       = "bare"
  depends_on = [aws_cognito_user_pool.bare]
}

data "aws_cognito_user_pool" "phone" {
  user_pool_id = aws_cognito_user_pool.phone.id
}

data "aws_cognito_user_pool_client" "rotating" {
  user_pool_id = aws_cognito_user_pool.phone.id
  client_id    = aws_cognito_user_pool_client.rotating.id
}

data "aws_cognito_user_group" "admins" {
  user_pool_id = aws_cognito_user_pool.app.id
  name         = aws_cognito_user_group.admins.name
}
