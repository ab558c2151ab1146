// Which of the given tokens of identities jose accepts by the issuer's documents, and why it refuses the others.
import { createRemoteJWKSet, jwtVerify } from "jose";
import { given } from "./support.mjs";

const found = await (await fetch(`${given.endpoint}/.well-known/openid-configuration`)).json();
const keys = createRemoteJWKSet(new URL(found.jwks_uri));
const options = { issuer: found.issuer, audience: given.audience, algorithms: found.id_token_signing_alg_values_supported };
const result = {};
for (const [name, token] of Object.entries(given.tokens)) {
  const verified = jwtVerify(token, keys, options).then(({ payload }) => payload.sub);
  result[name] = await verified.catch((error) => error.code);
}
console.log(JSON.stringify(result));
