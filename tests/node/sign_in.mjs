// One path through user pools with the AWS SDK for JavaScript. Prints what came of it as one JSON object.
import * as cognito from "@aws-sdk/client-cognito-identity-provider";

const [endpoint] = process.argv.slice(2);
const region = "eu-central-1";
const client = new cognito.CognitoIdentityProviderClient({
  endpoint,
  region,
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
});
const Password = "Correct-horse-7";
const Username = "ann";

const { UserPool } = await client.send(new cognito.CreateUserPoolCommand({ PoolName: "node" }));
const UserPoolId = UserPool.Id;
const { UserPoolClient } = await client.send(
  new cognito.CreateUserPoolClientCommand({
    UserPoolId,
    ClientName: "app",
    ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
  }),
);
const ClientId = UserPoolClient.ClientId;

await client.send(
  new cognito.SignUpCommand({ ClientId, Username, Password, UserAttributes: [{ Name: "email", Value: "ann@example.com" }] }),
);
await client.send(new cognito.AdminConfirmSignUpCommand({ UserPoolId, Username }));

const initiate = (PASSWORD) =>
  new cognito.InitiateAuthCommand({
    ClientId,
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME: Username, PASSWORD },
  });
const { AuthenticationResult } = await client.send(initiate(Password));
const user = await client.send(new cognito.GetUserCommand({ AccessToken: AuthenticationResult.AccessToken }));
const refused = await client.send(initiate("Wrong-horse-7")).then(
  () => null,
  (error) => error,
);
const answer = await fetch(`${endpoint}/${UserPoolId}/.well-known/jwks.json`);
const { keys } = await answer.json();

console.log(
  JSON.stringify({
    pool: UserPoolId,
    created: UserPool.CreationDate instanceof Date,
    email: user.UserAttributes.find(({ Name }) => Name === "email").Value,
    requestId: user.$metadata.requestId,
    refused: {
      name: refused.name,
      message: refused.message,
      known: refused instanceof cognito.NotAuthorizedException,
      status: refused.$metadata.httpStatusCode,
    },
    keys: keys.length,
  }),
);
