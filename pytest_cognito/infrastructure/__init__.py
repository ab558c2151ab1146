"""Pools and identity pools from an application's own templates: CloudFormation, SAM, CDK and Terraform.

``reading/`` makes a `Template` of files, ``expressions/`` evaluates what stands in it, ``deploying/`` makes, changes
and deletes stacks, ``resources/`` has what is done for each type of resource, ``functions/`` runs the Python code of
Lambda functions from the working tree, ``stacks/`` is what a test holds, ``errors/`` has the errors and their texts.
"""
