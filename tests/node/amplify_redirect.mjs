// Amplify in a browser, and STS: what a test calls by `window.amplify`.
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { Amplify } from "aws-amplify";
import { fetchAuthSession, fetchUserAttributes, getCurrentUser, signInWithRedirect, signOut } from "aws-amplify/auth";
import { Hub } from "aws-amplify/utils";

const came = [];
Hub.listen("auth", ({ payload }) => came.push(payload.event));

/** The identity of now, and whom STS takes its credentials for. */
async function caller(options) {
  const { credentials, identityId } = await fetchAuthSession();
  const { Arn } = await new STSClient({ ...options, credentials }).send(new GetCallerIdentityCommand({}));
  return [identityId, Arn];
}

window.amplify = { Amplify, caller, came, fetchAuthSession, fetchUserAttributes, getCurrentUser, signInWithRedirect, signOut };
