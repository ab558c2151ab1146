// A whole sign-in by oidc-client-ts without a secret, as a single-page application does it, and a refresh.
import { InMemoryWebStorage, OidcClient, WebStorageStateStore } from "oidc-client-ts";
import { ask, given, refusal } from "./support.mjs";

const client = new OidcClient({
  authority: given.issuer,
  client_id: given.client,
  redirect_uri: given.callback,
  scope: "openid email",
  loadUserInfo: true,
  stateStore: new WebStorageStateStore({ store: new InMemoryWebStorage() }),
});
const { url, state } = await client.createSigninRequest({ nonce: "n1" });
const back = await ask({ url });
const answer = await client.processSigninResponse(back);
const fresh = await client.useRefreshToken({
  state: { ...answer, data: null, profile: answer.profile, session_state: null },
});

const another = await client.createSigninRequest({});
const foreign = new URL(await ask({ url: another.url }));
foreign.searchParams.set("state", "another");

const result = {
  challenged: state.code_verifier.length > 42,
  profile: answer.profile,
  fresh: fresh.access_token !== answer.access_token,
  refused: await refusal(client.processSigninResponse(foreign.href)),
};
console.log(JSON.stringify({ result }));
