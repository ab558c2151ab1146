"""Templates as other programs write them: Amplify, the Serverless Framework, and a stack of nested stacks."""

from __future__ import annotations

from pytest_cognito import Cognito
from tests.infrastructure.conftest import Deploy, Write

AMPLIFY = """
Parameters:
  env: {Type: String}
  identityPoolName: {Type: String}
  allowUnauthenticatedIdentities: {Type: String}
  autoVerifiedAttributes: {Type: CommaDelimitedList}
  mfaTypes: {Type: CommaDelimitedList}
  passwordPolicyMinLength: {Type: Number}
  passwordPolicyCharacters: {Type: CommaDelimitedList, Default: ""}
  generateSecret: {Type: String}
  authRoleArn: {Type: String}
Conditions:
  OneEnvironment: !Equals [!Ref env, NONE]
Resources:
  SmsRole:
    Type: AWS::IAM::Role
    Properties:
      RoleName: !If
        - OneEnvironment
        - notes_sms
        - !Join ["", [notes_sms, !Select [0, !Split ["-", !Ref "AWS::StackName"]], "-", !Ref env]]
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Sid: ""
            Effect: Allow
            Principal: {Service: cognito-idp.amazonaws.com}
            Action: ["sts:AssumeRole"]
            Condition: {StringEquals: {"sts:ExternalId": notes}}
      Policies:
        - PolicyName: notes-sms
          PolicyDocument:
            Version: "2012-10-17"
            Statement: [{Effect: Allow, Action: ["sns:Publish"], Resource: "*"}]
  UserPool:
    Type: AWS::Cognito::UserPool
    UpdateReplacePolicy: Retain
    Properties:
      UserPoolName: !If [OneEnvironment, notes, !Join ["", [notes, "-", !Ref env]]]
      UsernameConfiguration: {CaseSensitive: false}
      Schema: [{Name: email, Required: true, Mutable: true}]
      AutoVerifiedAttributes: !Ref autoVerifiedAttributes
      Policies: {PasswordPolicy: {MinimumLength: !Ref passwordPolicyMinLength, RequireSymbols: false}}
      MfaConfiguration: "OFF"
      SmsConfiguration: {SnsCallerArn: !GetAtt SmsRole.Arn, ExternalId: notes}
  Client:
    Type: AWS::Cognito::UserPoolClient
    DependsOn: UserPool
    Properties:
      UserPoolId: !Ref UserPool
      GenerateSecret: !Ref generateSecret
      RefreshTokenValidity: "30"
  Callout:
    Type: AWS::Lambda::Function
    Properties:
      Code: {ZipFile: !Join ["\\n", ["const response = require('cfn-response');", "exports.handler = () => {};"]]}
      Handler: index.handler
      Runtime: nodejs18.x
      Role: !GetAtt CalloutRole.Arn
  CalloutRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {Service: [lambda.amazonaws.com]}, Action: ["sts:AssumeRole"]}]
  Inputs:
    Type: Custom::LambdaCallout
    Properties: {ServiceToken: !GetAtt Callout.Arn, clientId: !Ref Client}
  IdentityPool:
    Type: AWS::Cognito::IdentityPool
    DependsOn: Inputs
    Properties:
      IdentityPoolName: !Sub "${identityPoolName}__${env}"
      AllowUnauthenticatedIdentities: !Ref allowUnauthenticatedIdentities
      CognitoIdentityProviders:
        - ClientId: !Ref Client
          ProviderName: !Sub
            - cognito-idp.${region}.amazonaws.com/${pool}
            - {region: !Ref "AWS::Region", pool: !Ref UserPool}
  RoleMap:
    Type: AWS::Cognito::IdentityPoolRoleAttachment
    DependsOn: IdentityPool
    Properties: {IdentityPoolId: !Ref IdentityPool, Roles: {authenticated: !Ref authRoleArn}}
Outputs:
  Secret: {Condition: OneEnvironment, Value: !GetAtt Inputs.appSecret}
  PoolId: {Value: !Ref UserPool, Description: the pool}
"""
ANSWERS = {
    "env": "dev",
    "identityPoolName": "notes",
    "allowUnauthenticatedIdentities": "false",
    "autoVerifiedAttributes": "email",
    "mfaTypes": "SMS Text Message",
    "passwordPolicyMinLength": "10",
    "generateSecret": "true",
    "authRoleArn": "arn:aws:iam::123456789012:role/notes-auth",
}


def test_amplify(deploy: Deploy, cognito: Cognito) -> None:
    stack = deploy(AMPLIFY, parameters=ANSWERS)

    assert (stack.user_pool().name, cognito.iam.roles[0].name) == ("notes-dev", "notes_smsnotes-dev")
    assert stack.outputs == {"PoolId": stack.user_pool().id}
    assert list(stack.left_out) == ["Inputs"]
    assert (
        "ClientSecret"
        in cognito.call("DescribeUserPoolClient", UserPoolId=stack.user_pool().id, ClientId=stack.client().id)[
            "UserPoolClient"
        ]
    )
    pool = cognito.call("DescribeIdentityPool", service="cognito-identity", IdentityPoolId=stack.identity_pool().id)
    assert (pool["IdentityPoolName"], pool["AllowUnauthenticatedIdentities"]) == ("notes__dev", False)
    assert len(stack.update()) == 0


SERVERLESS = """
{"AWSTemplateFormatVersion": "2010-09-09",
 "Resources": {
  "ServerlessDeploymentBucket": {"Type": "AWS::S3::Bucket"},
  "RoleLambdaExecution": {"Type": "AWS::IAM::Role", "Properties": {
    "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [
      {"Effect": "Allow", "Principal": {"Service": ["lambda.amazonaws.com"]}, "Action": ["sts:AssumeRole"]}]},
    "Path": "/", "RoleName": {"Fn::Join": ["-", ["notes", "dev", {"Ref": "AWS::Region"}, "role"]]}}},
  "HelloLambdaFunction": {"Type": "AWS::Lambda::Function", "DependsOn": ["RoleLambdaExecution"], "Properties": {
    "Code": {"S3Bucket": {"Ref": "ServerlessDeploymentBucket"}, "S3Key": "serverless/notes/dev/notes.zip"},
    "Handler": "handler.hello", "Runtime": "python3.12", "FunctionName": "notes-dev-hello",
    "Role": {"Fn::GetAtt": ["RoleLambdaExecution", "Arn"]}}},
  "HelloLambdaVersionX": {"Type": "AWS::Lambda::Version", "DeletionPolicy": "Retain", "Properties": {
    "FunctionName": {"Ref": "HelloLambdaFunction"}, "CodeSha256": "YQ=="}},
  "CognitoUserPoolMain": {"Type": "AWS::Cognito::UserPool", "DependsOn": ["HelloLambdaFunction"], "Properties": {
    "UserPoolName": "main", "LambdaConfig": {"PreSignUp": {"Fn::GetAtt": ["HelloLambdaFunction", "Arn"]}}}},
  "HelloLambdaPermissionMain": {"Type": "AWS::Lambda::Permission", "Properties": {
    "FunctionName": {"Fn::GetAtt": ["HelloLambdaFunction", "Arn"]}, "Action": "lambda:InvokeFunction",
    "Principal": "cognito-idp.amazonaws.com", "SourceArn": {"Fn::GetAtt": ["CognitoUserPoolMain", "Arn"]}}},
  "HelloCustomCognitoUserPool1": {"Type": "Custom::CognitoUserPool", "Version": 1.0, "Properties": {
    "ServiceToken": {"Fn::GetAtt": ["HelloLambdaFunction", "Arn"]}, "UserPoolName": "existing"}}},
 "Outputs": {
  "Arn": {"Value": {"Ref": "HelloLambdaVersionX"}, "Export": {"Name": "sls-notes-dev-HelloArn"}}}}
"""


def test_the_serverless_framework(deploy: Deploy, cognito: Cognito) -> None:
    stack = deploy(SERVERLESS)
    arn = "arn:aws:lambda:us-east-1:123456789012:function:notes-dev-hello"

    assert (stack.outputs, stack.exports) == ({"Arn": f"{arn}:1"}, {"sls-notes-dev-HelloArn": f"{arn}:1"})
    assert set(stack.left_out) == {"ServerlessDeploymentBucket", "HelloCustomCognitoUserPool1"}
    cognito.triggers.register(arn, lambda event, context: event | {"response": {"autoConfirmUser": True}})
    pool = stack.user_pool()
    client = cognito.call("CreateUserPoolClient", UserPoolId=pool.id, ClientName="web")["UserPoolClient"]
    signed_up = cognito.call("SignUp", ClientId=client["ClientId"], Username="ann", Password="Corr3ct-horse!")
    assert signed_up["UserConfirmed"]


PARENT = """
Parameters: {Stage: {Type: String, Default: test}}
Mappings: {Stages: {test: {Length: 8}, live: {Length: 14}}}
Resources:
  Auth:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: auth.yaml
      Parameters: {Stage: !Ref Stage, Length: !FindInMap [Stages, !Ref Stage, Length]}
  Web:
    Type: AWS::Cognito::UserPoolClient
    Properties: {UserPoolId: !GetAtt Auth.Outputs.PoolId}
"""
CHILD = """
Parameters: {Stage: {Type: String}, Length: {Type: Number}}
Resources:
  Pool:
    Type: AWS::Cognito::UserPool
    Properties:
      UserPoolName: !Sub notes-${Stage}
      Policies: {PasswordPolicy: {MinimumLength: !Ref Length}}
Outputs: {PoolId: {Value: !Ref Pool}}
"""


def test_stages_by_mappings_and_a_nested_stack(deploy: Deploy, write: Write, cognito: Cognito) -> None:
    write(CHILD, "auth.yaml")
    stack = deploy(PARENT)
    stack.update(parameters={"Stage": "live"})

    pool = stack.nested("Auth").user_pool()
    described = cognito.call("DescribeUserPool", UserPoolId=pool.id)["UserPool"]
    assert (pool.name, described["Policies"]["PasswordPolicy"]["MinimumLength"]) == ("notes-live", 14)
    stack.delete()
    assert cognito.pools == []
