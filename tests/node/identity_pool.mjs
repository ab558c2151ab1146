// The credential providers of the AWS SDK against an identity pool and STS. Prints what came of it as one JSON object.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CognitoIdentityClient, GetOpenIdTokenCommand } from "@aws-sdk/client-cognito-identity";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import * as providers from "@aws-sdk/credential-providers";
import { given } from "./support.mjs";

const { endpoint, region, identityPoolId, logins } = given;
const clientConfig = { endpoint, region };
const kept = {};
const cache = {
  getItem: (key) => kept[key] ?? null,
  setItem: (key, value) => void (kept[key] = value),
  removeItem: (key) => void delete kept[key],
};

/** Whom STS takes the credentials of a provider for. */
async function caller(credentials) {
  const sts = new STSClient({ ...clientConfig, credentials });
  return (await sts.send(new GetCallerIdentityCommand({}))).Arn;
}

const refused = (promise) =>
  promise.then(
    () => null,
    (error) => `${error.name}: ${error.message}`,
  );

const pool = (more) => providers.fromCognitoIdentityPool({ clientConfig, identityPoolId, cache, ...more });
const guest = await pool()();
const guestAgain = await pool()();
const user = await pool({ logins })();
const { identityId } = user;

const { Token } = await new CognitoIdentityClient(clientConfig).send(
  new GetOpenIdTokenCommand({ IdentityId: guest.identityId }),
);
const web = { roleArn: given.roles.guests, roleSessionName: "web", clientConfig };

// Providers whose client is their own read the address from the environment, as an application's is set up.
process.env.AWS_ENDPOINT_URL_STS = endpoint;
process.env.AWS_REGION = region;
const directory = mkdtempSync(join(tmpdir(), "token-"));
const webIdentityTokenFile = join(directory, "token");
writeFileSync(webIdentityTokenFile, Token);

const identity = (more) => providers.fromCognitoIdentity({ clientConfig, identityId, logins, ...more });
const callers = {
  guest: await caller(pool()),
  user: await caller(pool({ logins })),
  identity: await caller(identity()),
  custom: await caller(identity({ customRoleArn: given.roles.custom })),
  temporary: await caller(
    providers.fromTemporaryCredentials({
      masterCredentials: identity(),
      params: { RoleArn: given.roles.next, RoleSessionName: "next" },
      clientConfig,
    }),
  ),
  web: await caller(providers.fromWebToken({ ...web, webIdentityToken: Token })),
  file: await caller(
    providers.fromTokenFile({ webIdentityTokenFile, roleArn: web.roleArn, roleSessionName: "file" }),
  ),
};
rmSync(directory, { recursive: true });

console.log(
  JSON.stringify({
    callers,
    guests: [guest.identityId, guestAgain.identityId],
    user: identityId,
    expires: user.expiration.getTime() / 1000,
    refused: {
      anonymous: await refused(identity({ logins: undefined })()),
      role: await refused(identity({ customRoleArn: given.roles.next })()),
      token: await refused(providers.fromWebToken({ ...web, webIdentityToken: `${Token.slice(0, -4)}AAAA` })()),
      web: await refused(providers.fromWebToken({ ...web, roleArn: given.roles.next, webIdentityToken: Token })()),
    },
  }),
);
