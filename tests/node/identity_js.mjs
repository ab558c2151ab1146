// amazon-cognito-identity-js: devices, refresh, TOTP and a custom challenge. Prints what came of it as one JSON object.
import cognito from "amazon-cognito-identity-js";
import BigInteger from "amazon-cognito-identity-js/lib/BigInteger.js";
import { claims, given, quicken, sentCode, totp } from "./support.mjs";

quicken(BigInteger.default);

const kept = new Map();
const Storage = {
  setItem: (key, value) => kept.set(key, String(value)),
  getItem: (key) => kept.get(key) ?? null,
  removeItem: (key) => kept.delete(key),
  clear: () => kept.clear(),
};
const Pool = new cognito.CognitoUserPool({
  UserPoolId: given.pool,
  ClientId: given.client,
  endpoint: given.endpoint,
  Storage,
});
const Password = given.password;

/** A new sign-in of the user: what it asked for, and whether tokens came. */
function signIn({ flow = "USER_SRP_AUTH", code = sentCode, answer = "" } = {}) {
  const user = new cognito.CognitoUser({ Username: "ann", Pool, Storage });
  user.setAuthenticationFlowType(flow);
  const asked = [];
  return new Promise((resolve, reject) => {
    const callbacks = {
      onSuccess: (session, necessary) => resolve({ user, session, asked, necessary: necessary ?? false }),
      onFailure: reject,
      mfaRequired: async (name) => {
        asked.push(name);
        user.sendMFACode(await code(), callbacks, name);
      },
      totpRequired: async (name) => {
        asked.push(name);
        user.sendMFACode(await code(), callbacks, name);
      },
      customChallenge: () => {
        asked.push("CUSTOM_CHALLENGE");
        user.sendCustomChallengeAnswer(answer, callbacks);
      },
    };
    user.authenticateUser(new cognito.AuthenticationDetails({ Username: "ann", Password }), callbacks);
  });
}

const called = (call) =>
  new Promise((resolve, reject) => call({ onSuccess: resolve, onFailure: reject, associateSecretCode: resolve }));
const refreshed = ({ user, session }) =>
  new Promise((resolve, reject) =>
    user.refreshSession(session.getRefreshToken(), (error, result) => (error ? reject(error) : resolve(result))),
  );
const key = ({ session }) => claims(session.getAccessToken().getJwtToken()).device_key;

const first = await signIn();
await called((callbacks) => first.user.setDeviceStatusRemembered(callbacks));
const second = await signIn();
const again = await refreshed(second);
const custom = await signIn({ flow: "CUSTOM_AUTH", answer: "lilac" });
const listed = await new Promise((resolve, reject) =>
  second.user.listDevices(60, null, { onSuccess: resolve, onFailure: reject }),
);
// The device is forgotten elsewhere: the library learns it from the error, and asks for a code again.
await called((callbacks) => second.user.forgetSpecificDevice(key(first), callbacks));
const third = await signIn();
const secret = await called((callbacks) => third.user.associateSoftwareToken(callbacks));
await called((callbacks) => third.user.verifySoftwareToken(totp(secret), "authenticator", callbacks));
const preferred = { PreferredMfa: true, Enabled: true };
await new Promise((resolve, reject) =>
  third.user.setUserMfaPreference({ Enabled: false }, preferred, (error, result) => (error ? reject(error) : resolve(result))),
);
kept.clear();
const fourth = await signIn({ code: () => totp(secret, 1) });

console.log(
  JSON.stringify({
    asked: [first, second, custom, third, fourth].map((one) => one.asked),
    necessary: first.necessary,
    devices: listed.Devices.length,
    same: [key(second), key({ session: again }), key(custom)].map((one) => one === key(first)),
    other: [key(third), key(fourth)].map((one) => one !== key(first)),
  }),
);
