// amazon-cognito-js, the Sync manager of the AWS SDK 2: two devices of an identity, a conflict, a dataset deleted
// elsewhere, a merged one. Prints what came of it as one JSON object.
import AWS from "aws-sdk";
import { ask, given } from "./support.mjs";

AWS.config.update({ region: given.region });
AWS.config.cognitoidentity = AWS.config.cognitosync = AWS.config.sts = { endpoint: given.endpoint };
AWS.config.credentials = new AWS.CognitoIdentityCredentials({ IdentityPoolId: given.pool, Logins: given.logins });
await import("amazon-cognito-js");
await AWS.config.credentials.getPromise();
// What version 1.1 calls after a merge and after a deletion, and does not have: to go on, with a dataset that is there.
AWS.CognitoSyncManager.Dataset.prototype._synchronizeInternal = function (callbacks, retry) {
  this.local.createDataset(this.getIdentityId(), this.datasetName, () => this.synchronize(callbacks, retry));
};

const called = (one, method, ...values) =>
  new Promise((resolve, reject) =>
    one[method](...values, (error, result) => (error ? reject(error) : resolve(result))),
  );

/** A dataset on a device of its own. */
function device() {
  const manager = new AWS.CognitoSyncManager({ DataStore: AWS.CognitoSyncManager.StoreInMemory });
  return called(manager, "openOrCreateDataset", "settings");
}

/** Synchronize a dataset; conflicts are resolved to the values of this device. Tells what the manager asked. */
function synchronize(dataset) {
  const asked = [];
  return new Promise((resolve, reject) =>
    dataset.synchronize({
      onSuccess: () => resolve(asked),
      onFailure: reject,
      onConflict: (_, conflicts, go) => {
        asked.push(["conflict", ...conflicts.map((one) => [one.getKey(), one.getRemoteRecord().getValue()])]);
        dataset.resolve(
          conflicts.map((one) => one.resolveWithLocalRecord()),
          () => go(true),
        );
      },
      onDatasetDeleted: (_, name, go) => {
        asked.push(["deleted", name]);
        go(true);
      },
      onDatasetsMerged: async (_, names, go) => {
        asked.push(["merged", ...names]);
        for (const name of names) await called(dataset.remote, "deleteDataset", name);
        go(true);
      },
    }),
  );
}

const values = (dataset) => called(dataset, "getAll");
const phone = await device();
const tablet = await device();
await called(phone, "put", "theme", "dark");
await called(phone, "put", "size", "12");
const said = { first: [await synchronize(phone), await synchronize(tablet), await values(tablet)] };

await called(phone, "put", "theme", "blue");
await called(phone, "remove", "size");
await called(tablet, "put", "theme", "red");
await synchronize(phone);
said.conflict = [await synchronize(tablet), await synchronize(phone), await values(phone)];

await ask("merge");
said.merged = await synchronize(phone);

await called(phone.local, "deleteDataset", phone.getIdentityId(), "settings");
await synchronize(phone);
said.deleted = [await synchronize(tablet), await values(tablet)];
console.log(JSON.stringify({ result: said }));
process.exit();
