// Amplify: devices, refresh, and a custom challenge. Prints what came of it as one JSON object.
import { Amplify } from "aws-amplify";
import * as auth from "aws-amplify/auth";
import { claims, given, quicken, sentCode } from "./support.mjs";

const srp = "./node_modules/@aws-amplify/auth/dist/esm/providers/cognito/utils/srp";
quicken((await import(`${srp}/BigInteger/BigInteger.mjs`)).default);

// The library names the device after the browser.
Object.defineProperty(globalThis, "navigator", { value: { userAgent: "node", platform: "node" }, configurable: true });

Amplify.configure({
  Auth: {
    Cognito: { userPoolId: given.pool, userPoolClientId: given.client, userPoolEndpoint: given.endpoint },
  },
});

/** Sign in and answer each step: the steps that were asked for. */
async function signIn(authFlowType = "USER_SRP_AUTH") {
  const asked = [];
  let { nextStep } = await auth.signIn({ username: "ann", password: given.password, options: { authFlowType } });
  while (nextStep.signInStep !== "DONE") {
    asked.push(nextStep.signInStep);
    const custom = nextStep.signInStep.includes("CUSTOM");
    ({ nextStep } = await auth.confirmSignIn({ challengeResponse: custom ? "lilac" : await sentCode() }));
  }
  return asked;
}

async function key(options) {
  const { tokens } = await auth.fetchAuthSession(options);
  return claims(tokens.accessToken.toString()).device_key;
}

const asked = [await signIn()];
await auth.rememberDevice();
const keys = [await key()];
await auth.signOut();
asked.push(await signIn());
keys.push(await key(), await key({ forceRefresh: true }));
const listed = await auth.fetchDevices();
await auth.signOut();
asked.push(await signIn("CUSTOM_WITH_SRP"));
keys.push(await key());
await auth.forgetDevice();
await auth.signOut();
asked.push(await signIn());
keys.push(await key());

console.log(JSON.stringify({ asked, devices: listed.length, same: keys.map((one) => one === keys[0]) }));
