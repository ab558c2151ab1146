// Which of the given tokens aws-jwt-verify accepts, and why it refuses the others.
import { CognitoJwtVerifier } from "aws-jwt-verify";
import { given } from "./support.mjs";

const keys = await (await fetch(given.jwks)).json();
const result = {};
for (const tokenUse of ["access", "id"]) {
  const verifier = CognitoJwtVerifier.create({ userPoolId: given.pool, clientId: given.client, tokenUse });
  verifier.cacheJwks(keys);
  for (const [name, token] of Object.entries(given.tokens[tokenUse])) {
    const accepted = verifier.verify(token).then((claims) => claims.sub);
    (result[name] ??= []).push(await accepted.catch((error) => error.constructor.name));
  }
}
console.log(JSON.stringify(result));
