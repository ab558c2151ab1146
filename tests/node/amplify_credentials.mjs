// Amplify's credentials: of a guest, of the user who signs in, and after the sign-out. Prints them as one JSON object.
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { Amplify } from "aws-amplify";
import * as auth from "aws-amplify/auth";
import { given } from "./support.mjs";

const { endpoint, region } = given;
Amplify.configure({
  Auth: {
    Cognito: {
      userPoolId: given.pool,
      userPoolClientId: given.client,
      userPoolEndpoint: endpoint,
      identityPoolId: given.identityPoolId,
      identityPoolEndpoint: endpoint,
      allowGuestAccess: true,
    },
  },
});

/** The identity of now, and whom STS takes its credentials for. */
async function session(options) {
  const { credentials, identityId, userSub } = await auth.fetchAuthSession(options);
  const sts = new STSClient({ endpoint, region, credentials });
  const { Arn } = await sts.send(new GetCallerIdentityCommand({}));
  return { identity: identityId, user: userSub ?? null, key: credentials.accessKeyId, caller: Arn };
}

const asked = [await session(), await session()];
const options = { authFlowType: "USER_PASSWORD_AUTH" };
await auth.signIn({ username: given.username, password: given.password, options });
asked.push(await session(), await session({ forceRefresh: true }));
await auth.signOut();
asked.push(await session());
await auth.signIn({ username: given.username, password: given.password, options });
asked.push(await session());

console.log(JSON.stringify(asked));
