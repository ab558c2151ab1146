"""Templates of what Terraform and OpenTofu show: ``terraform show -json`` of a plan or of a state.

References become expressions as CloudFormation has them (``{"Fn::GetAtt": ["aws_cognito_user_pool.main", "id"]}``),
so that everything behind this reads one kind of template. A logical id is an address:
``module.auth.aws_cognito_user_pool.main["x"]``.
"""
