// What the scripts share: the pool that they are given, codes that were sent, codes of an authenticator.
import { createHmac } from "node:crypto";
import { createInterface } from "node:readline";

export const given = JSON.parse(process.argv[2]);

let answers;

/** Ask the test something, as a line of JSON, and read its answer. */
export async function ask(question) {
  answers ??= createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  console.log(JSON.stringify(question));
  return JSON.parse((await answers.next()).value);
}

/** The message of what a promise is refused with, with that of its cause; null if it is kept. */
export async function refusal(promise) {
  try {
    await promise;
    return null;
  } catch (error) {
    return [error.message, error.error, error.cause?.message, error.cause?.error].filter(Boolean).join(": ");
  }
}

/** The newest code that the server has sent. */
export async function sentCode() {
  const answer = await fetch(`${given.endpoint}/_cognito/outbox`, { headers: { accept: "application/json" } });
  const { messages } = await answer.json();
  return messages.at(-1).code;
}

/** The code of an authenticator (RFC 6238), now or so many steps later. */
export function totp(secret, steps = 0) {
  const bits = [...secret].map((one) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(one).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((one) => parseInt(one, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + steps));
  const digest = createHmac("sha1", key).update(counter).digest();
  const place = digest.at(-1) & 15;
  return String((digest.readUInt32BE(place) & 0x7fffffff) % 1000000).padStart(6, "0");
}

export function claims(token) {
  return JSON.parse(Buffer.from(token.split(".")[1], "base64url"));
}

/**
 * Let a client compute powers by the engine's integers, as Amplify does on React Native by the phone's: its own
 * arithmetic is for old browsers, and takes seconds.
 */
export function quicken(BigInteger) {
  const integer = (one) => {
    const digits = one.toString(16);
    return digits.startsWith("-") ? -BigInt(`0x${digits.slice(1)}`) : BigInt(`0x${digits}`);
  };
  BigInteger.prototype.modPow = function (exponent, modulus, callback) {
    const m = integer(modulus);
    let square = ((integer(this) % m) + m) % m;
    let power = 1n;
    for (let rest = integer(exponent); rest > 0n; rest >>= 1n) {
      if (rest & 1n) power = (power * square) % m;
      square = (square * square) % m;
    }
    callback(null, new BigInteger(power.toString(16), 16));
  };
}
