// A whole sign-in by openid-client, with PKCE, and what comes after it.
import * as openid from "openid-client";
import { ask, given, refusal } from "./support.mjs";

const execute = [openid.allowInsecureRequests, openid.enableNonRepudiationChecks];
const config = await openid.discovery(new URL(given.issuer), given.client, given.secret, undefined, { execute });

/** Send the user to sign in: the checks of the answer, and the address at which the user is back. */
async function start(changes = {}) {
  const pkceCodeVerifier = openid.randomPKCECodeVerifier();
  const [expectedState, expectedNonce] = [openid.randomState(), openid.randomNonce()];
  const url = openid.buildAuthorizationUrl(config, {
    redirect_uri: given.callback,
    scope: "openid email",
    code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: "S256",
    state: expectedState,
    nonce: expectedNonce,
    ...changes,
  });
  const back = new URL(await ask({ url: url.href }));
  return { back, checks: { pkceCodeVerifier, expectedState, expectedNonce } };
}

const { back, checks } = await start();
const tokens = await openid.authorizationCodeGrant(config, back, checks);
const { sub } = tokens.claims();
const info = await openid.fetchUserInfo(config, tokens.access_token, sub);
const fresh = await openid.refreshTokenGrant(config, tokens.refresh_token);
const twice = await refusal(openid.authorizationCodeGrant(config, back, checks));
await openid.tokenRevocation(config, tokens.refresh_token);
const revoked = await refusal(openid.refreshTokenGrant(config, tokens.refresh_token));

const another = await start();
const state = await refusal(
  openid.authorizationCodeGrant(config, another.back, { ...another.checks, expectedState: "another" }),
);
const replayed = await start({ nonce: "another" });
const nonce = await refusal(openid.authorizationCodeGrant(config, replayed.back, replayed.checks));
const verified = await start();
const verifier = openid.randomPKCECodeVerifier();
const challenge = await refusal(
  openid.authorizationCodeGrant(config, verified.back, { ...verified.checks, pkceCodeVerifier: verifier }),
);

const machine = await openid.discovery(new URL(given.issuer), ...given.machine, undefined, { execute });
const { access_token, token_type } = await openid.clientCredentialsGrant(machine, { scope: "notes/read" });

const result = {
  sub,
  info,
  fresh: fresh.access_token !== tokens.access_token && fresh.claims().sub === sub,
  machine: [token_type, JSON.parse(Buffer.from(access_token.split(".")[1], "base64url")).scope],
  refused: { twice, revoked, state, nonce, challenge },
};
console.log(JSON.stringify({ result }));
