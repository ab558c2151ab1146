"""What templates of real applications have for Cognito, each kind of construct once."""

from __future__ import annotations

from pytest_cognito import Cognito
from tests.infrastructure.conftest import Deploy

FEDERATION = """
Resources:
  Pool: {Type: AWS::Cognito::UserPool, Properties: {UserPoolName: !Sub "${AWS::StackName}-pool"}}
  Google:
    Type: AWS::Cognito::UserPoolIdentityProvider
    Properties:
      UserPoolId: !Ref Pool
      ProviderName: Google
      ProviderType: Google
      ProviderDetails:
        client_id: "{{resolve:ssm:/google/id:1}}"
        client_secret: !Sub "{{resolve:secretsmanager:google:SecretString:secret}}"
        authorize_scopes: email openid
      AttributeMapping: {email: email, username: sub}
  Facebook:
    Type: AWS::Cognito::UserPoolIdentityProvider
    Properties:
      UserPoolId: !Ref Pool
      ProviderName: Facebook
      ProviderType: Facebook
      ProviderDetails: {client_id: 1234567890123456, client_secret: s, authorize_scopes: "public_profile,email"}
  Company:
    Type: AWS::Cognito::UserPoolIdentityProvider
    Properties:
      UserPoolId: !Ref Pool
      ProviderName: Company
      ProviderType: SAML
      ProviderDetails: {MetadataURL: "https://idp.example.com/metadata", IDPSignout: true}
      IdpIdentifiers: [example.com]
  Api:
    Type: AWS::Cognito::UserPoolResourceServer
    Properties:
      UserPoolId: !Ref Pool
      Identifier: https://api.example.com
      Name: api
      Scopes: [{ScopeName: read, ScopeDescription: reads}]
  Web:
    Type: AWS::Cognito::UserPoolClient
    DependsOn: [Google, Facebook]
    Properties:
      UserPoolId: !Ref Pool
      AllowedOAuthFlowsUserPoolClient: "true"
      AllowedOAuthFlows: [code]
      AllowedOAuthScopes: [openid, !Sub "${Api}/read"]
      CallbackURLs: [http://localhost:3000/, notes://signed-in]
      SupportedIdentityProviders: [COGNITO, Google, Facebook, !Ref Company]
      TokenValidityUnits: {AccessToken: minutes}
      AccessTokenValidity: "10"
  Machine:
    Type: AWS::Cognito::UserPoolClient
    DependsOn: Api
    Properties:
      UserPoolId: !Ref Pool
      GenerateSecret: true
      AllowedOAuthFlowsUserPoolClient: true
      AllowedOAuthFlows: [client_credentials]
      AllowedOAuthScopes: [https://api.example.com/read]
  Domain: {Type: AWS::Cognito::UserPoolDomain, Properties: {UserPoolId: !Ref Pool, Domain: !Sub "n-${AWS::AccountId}"}}
  Look:
    Type: AWS::Cognito::UserPoolUICustomizationAttachment
    DependsOn: Domain
    Properties: {UserPoolId: !Ref Pool, ClientId: ALL, CSS: ".logo-customizable {max-width: 60%;}"}
Outputs:
  Login: {Value: !Sub "https://${Domain}.auth.${AWS::Region}.amazoncognito.com/login?client_id=${Web}"}
  Secret: {Value: !GetAtt Machine.ClientSecret}
"""


def test_federation_scopes_and_a_domain(deploy: Deploy, cognito: Cognito) -> None:
    given = {"ssm": {"/google/id": "g"}, "secrets": {"google": '{"secret": "shh"}'}}
    stack = deploy(FEDERATION, **given)

    pool_id = stack.user_pool().id
    google = cognito.call("DescribeIdentityProvider", UserPoolId=pool_id, ProviderName="Google")["IdentityProvider"]
    assert (google["ProviderDetails"]["client_id"], google["ProviderDetails"]["client_secret"]) == ("g", "shh")
    web, machine = (
        cognito.call("DescribeUserPoolClient", UserPoolId=pool_id, ClientId=stack.client(name).id)["UserPoolClient"]
        for name in ("Web", "Machine")
    )
    assert web["SupportedIdentityProviders"] == ["COGNITO", "Google", "Facebook", "Company"]
    assert (web["AccessTokenValidity"], web["AllowedOAuthScopes"][-1]) == (10, "https://api.example.com/read")
    assert stack.outputs["Secret"] == machine["ClientSecret"]
    assert stack.outputs["Login"].endswith(
        f"//n-123456789012.auth.us-east-1.amazoncognito.com/login?client_id={web['ClientId']}"
    )
    assert len(stack.update()) == 0


IDENTITIES = """
Parameters: {Stage: {Type: String, Default: test}}
Mappings: {Stages: {test: {Guests: true}, live: {Guests: false}}}
Conditions: {Guests: !Equals [!FindInMap [Stages, !Ref Stage, Guests], true]}
Resources:
  Pool: {Type: AWS::Cognito::UserPool}
  Web: {Type: AWS::Cognito::UserPoolClient, Properties: {UserPoolId: !Ref Pool}}
  Identities:
    Type: AWS::Cognito::IdentityPool
    Properties:
      AllowUnauthenticatedIdentities: !If [Guests, true, false]
      CognitoIdentityProviders: [{ClientId: !Ref Web, ProviderName: !GetAtt Pool.ProviderName}]
      SupportedLoginProviders: {graph.facebook.com: "1234567"}
  User: &role
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: 2012-10-17
        Statement:
          Effect: Allow
          Principal: {Federated: cognito-identity.amazonaws.com}
          Action: ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"]
          Condition: {StringEquals: {"cognito-identity.amazonaws.com:aud": !Ref Identities}}
  Guest: {<<: *role, Condition: Guests}
  Roles:
    Type: AWS::Cognito::IdentityPoolRoleAttachment
    Properties:
      IdentityPoolId: !Ref Identities
      Roles:
        authenticated: !GetAtt User.Arn
        unauthenticated: !If [Guests, !GetAtt Guest.Arn, !Ref AWS::NoValue]
      RoleMappings:
        users:
          IdentityProvider: !Sub "${Pool.ProviderName}:${Web}"
          Type: Rules
          AmbiguousRoleResolution: Deny
          RulesConfiguration:
            Rules: [{Claim: "custom:dept", MatchType: Equals, Value: paid, RoleARN: !GetAtt User.Arn}]
        graph.facebook.com: {Type: Token, AmbiguousRoleResolution: AuthenticatedRole}
  Tags:
    Type: AWS::Cognito::IdentityPoolPrincipalTag
    Properties:
      IdentityPoolId: !Ref Identities
      IdentityProviderName: !GetAtt Pool.ProviderName
      UseDefaults: false
      PrincipalTags: {dept: "custom:dept"}
  Admins:
    Type: AWS::Cognito::UserPoolGroup
    Properties: {UserPoolId: !Ref Pool, GroupName: admins, Precedence: 0, RoleArn: !GetAtt User.Arn}
"""


def test_identities_with_roles_rules_tags_and_guests(deploy: Deploy, cognito: Cognito) -> None:
    stack = deploy(IDENTITIES)
    pool_id = stack.identity_pool().id

    def roles() -> dict[str, str]:
        found: dict[str, str] = cognito.call(
            "GetIdentityPoolRoles", service="cognito-identity", IdentityPoolId=pool_id
        )["Roles"]
        return found

    assert set(roles()) == {"authenticated", "unauthenticated"}
    changes = stack.update(parameters={"Stage": "live"})
    assert (changes.modified, changes.removed) == (["Identities", "Roles"], ["Guest"])
    assert set(roles()) == {"authenticated"}
    assert stack.resource("Admins").properties["Precedence"] == 0
    stack.delete()
    assert (cognito.pools, cognito.identity_pools, cognito.iam.roles) == ([], [], [])


FACTORS = """
Resources:
  SmsRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: 2012-10-17
        Statement:
          - Effect: Allow
            Principal: {Service: cognito-idp.amazonaws.com}
            Action: sts:AssumeRole
            Condition: {StringEquals: {"sts:ExternalId": notes}}
      Policies:
        - PolicyName: sms
          PolicyDocument: {Version: 2012-10-17, Statement: [{Effect: Allow, Action: "sns:publish", Resource: "*"}]}
  Pool:
    Type: AWS::Cognito::UserPool
    Properties:
      MfaConfiguration: "ON"
      EnabledMfas: [SMS_MFA, SOFTWARE_TOKEN_MFA]
      SmsConfiguration: {ExternalId: notes, SnsCallerArn: !GetAtt SmsRole.Arn, SnsRegion: !Ref AWS::Region}
      UsernameAttributes: [email, phone_number]
      DeviceConfiguration: {ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: true}
      EmailConfiguration:
        EmailSendingAccount: DEVELOPER
        From: "Notes <no-reply@example.com>"
        SourceArn: !Sub "arn:aws:ses:${AWS::Region}:${AWS::AccountId}:identity/example.com"
      AdminCreateUserConfig: {InviteMessageTemplate: {EmailSubject: Hi, EmailMessage: "{username} {####}"}}
      VerificationMessageTemplate: {DefaultEmailOption: CONFIRM_WITH_LINK, EmailMessageByLink: "{##Click##}"}
      UserPoolTags: {Stage: test, Cost: 12}
"""


def test_factors_messages_and_tags(deploy: Deploy, cognito: Cognito) -> None:
    pool_id = deploy(FACTORS).user_pool().id

    mfa = cognito.call("GetUserPoolMfaConfig", UserPoolId=pool_id)
    assert (mfa["MfaConfiguration"], mfa["SoftwareTokenMfaConfiguration"]) == ("ON", {"Enabled": True})
    described = cognito.call("DescribeUserPool", UserPoolId=pool_id)["UserPool"]
    assert described["UserPoolTags"] == {"Stage": "test", "Cost": "12"}
    assert described["EmailConfiguration"]["From"] == "Notes <no-reply@example.com>"
