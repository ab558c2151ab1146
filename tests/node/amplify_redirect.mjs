// Amplify in a browser: what a test calls by `window.amplify`.
import { Amplify } from "aws-amplify";
import { fetchAuthSession, fetchUserAttributes, getCurrentUser, signInWithRedirect, signOut } from "aws-amplify/auth";
import { Hub } from "aws-amplify/utils";

const came = [];
Hub.listen("auth", ({ payload }) => came.push(payload.event));
window.amplify = { Amplify, came, fetchAuthSession, fetchUserAttributes, getCurrentUser, signInWithRedirect, signOut };
