# An identity pool for the users of main.tf, and for guests.

data "aws_caller_identity" "me" {}

resource "aws_cognito_identity_pool" "app" {
  identity_pool_name               = "app"
  allow_unauthenticated_identities = !var.changed
  allow_classic_flow               = var.changed
  developer_provider_name          = "login.app"

  cognito_identity_providers {
    client_id               = aws_cognito_user_pool_client.web.id
    provider_name           = aws_cognito_user_pool.app.endpoint
    server_side_token_check = var.changed
  }

  supported_login_providers = {
    "accounts.google.com" = "123456789012.apps.googleusercontent.com"
  }

  tags = {
    stage = var.changed ? "live" : "test"
  }
}

resource "aws_cognito_identity_pool_roles_attachment" "app" {
  identity_pool_id = aws_cognito_identity_pool.app.id

  role_mapping {
    identity_provider         = "${aws_cognito_user_pool.app.endpoint}:${aws_cognito_user_pool_client.web.id}"
    ambiguous_role_resolution = var.changed ? "Deny" : "AuthenticatedRole"
    type                      = "Rules"

    mapping_rule {
      claim      = "cognito:groups"
      match_type = "Contains"
      role_arn   = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:role/admins"
      value      = "admins"
    }
  }

  roles = {
    authenticated = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:role/users"
  }
}

resource "aws_cognito_identity_pool_provider_principal_tag" "app" {
  identity_pool_id       = aws_cognito_identity_pool.app.id
  identity_provider_name = aws_cognito_user_pool.app.endpoint
  use_defaults           = !var.changed
  principal_tags         = var.changed ? { department = "custom:dept" } : null
}
