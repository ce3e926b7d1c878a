import { digits, hex, list, number, text, uuid, type Properties } from "../values";
import type { Check, Dialect, Subject } from "./contract";

const classes = {
  lower: { letters: "abcdefghijklmnopqrstuvwxyz", least: "minLower" },
  upper: { letters: "ABCDEFGHIJKLMNOPQRSTUVWXYZ", least: "minUpper" },
  numeric: { letters: "0123456789", least: "minNumeric" },
  special: { letters: "!@#$%&*()-_=+[]{}<>:?", least: "minSpecial" },
} as const;

function lettersOf(inputs: Properties, kind: keyof typeof classes): string {
  if (inputs[kind] === false) return "";
  return (kind === "special" ? text(inputs, "overrideSpecial") : undefined) ?? classes[kind].letters;
}

/** Characters as asked for: first the least number of each class, then any, shuffled; all from the seed. */
function characters(subject: Subject): string {
  const { inputs, seed } = subject;
  const kinds = Object.keys(classes) as (keyof typeof classes)[];
  const all = kinds.map((kind) => lettersOf(inputs, kind)).join("");
  const wanted = kinds.flatMap((kind) =>
    Array<string>(number(inputs, classes[kind].least) ?? 0).fill(lettersOf(inputs, kind)),
  );
  while (wanted.length < (number(inputs, "length") ?? 0)) wanted.push(all);
  const drawn = wanted.map((letters, i) =>
    letters.charAt(parseInt(hex(`${seed} ${i}`, 8), 16) % letters.length),
  );
  const order = (i: number): string => hex(`${seed} order ${i}`, 8);
  return drawn
    .map((letter, i) => ({ letter, at: order(i) }))
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map(({ letter }) => letter)
    .join("");
}

const lengths: Check = function* (inputs) {
  const length = number(inputs, "length");
  const least = Object.values(classes).reduce((sum, { least }) => sum + (number(inputs, least) ?? 0), 0);
  if (length !== undefined && length < Math.max(1, least)) {
    yield {
      property: "length",
      reason: `Attribute length value must be at least ${Math.max(1, least)}, got: ${length}`,
    };
  }
};

const everyInput = [
  "length",
  "lower",
  "upper",
  "numeric",
  "number",
  "special",
  "overrideSpecial",
  "minLower",
  "minUpper",
  "minNumeric",
  "minSpecial",
  "keepers",
];
const bytesOf = (subject: Subject): Buffer =>
  Buffer.from(hex(`${subject.type} ${subject.seed}`, 2 * (number(subject.inputs, "byteLength") ?? 0)), "hex");

/**
 * The random provider. Its values follow from the resource's URN instead of chance, so that a run can be repeated:
 * they are as long and as mixed as asked for, and no secret.
 */
export const random: Dialect = {
  rules: {
    "random:index/randomString:RandomString": {
      id: characters,
      checks: [lengths],
      replaceOn: everyInput,
      defaults: {
        lower: true,
        upper: true,
        numeric: true,
        number: true,
        special: true,
        minLower: 0,
        minUpper: 0,
        minNumeric: 0,
        minSpecial: 0,
      },
      outputs: { result: characters },
    },
    "random:index/randomPassword:RandomPassword": {
      id: "none",
      checks: [lengths],
      replaceOn: everyInput,
      defaults: {
        lower: true,
        upper: true,
        numeric: true,
        number: true,
        special: true,
        minLower: 0,
        minUpper: 0,
        minNumeric: 0,
        minSpecial: 0,
      },
      outputs: { result: characters, bcryptHash: (subject) => `$2a$10$${hex(subject.seed, 53)}` },
    },
    "random:index/randomId:RandomId": {
      id: "{hex:11}",
      replaceOn: ["byteLength", "keepers", "prefix"],
      outputs: {
        hex: (subject) => (text(subject.inputs, "prefix") ?? "") + bytesOf(subject).toString("hex"),
        b64Std: (subject) => (text(subject.inputs, "prefix") ?? "") + bytesOf(subject).toString("base64"),
        b64Url: (subject) => (text(subject.inputs, "prefix") ?? "") + bytesOf(subject).toString("base64url"),
        dec: (subject) =>
          (text(subject.inputs, "prefix") ?? "") +
          BigInt(`0x0${bytesOf(subject).toString("hex")}`).toString(),
      },
    },
    "random:index/randomUuid:RandomUuid": {
      id: "{uuid}",
      replaceOn: ["keepers"],
      outputs: { result: (subject) => uuid(subject.seed) },
    },
    "random:index/randomPet:RandomPet": {
      id: "pet-{hex:6}",
      replaceOn: ["keepers", "length", "prefix", "separator"],
    },
    "random:index/randomInteger:RandomInteger": {
      id: "{hex:6}",
      replaceOn: ["keepers", "max", "min", "seed"],
      outputs: {
        result: ({ inputs, seed }) => {
          const min = number(inputs, "min") ?? 0;
          return min + (Number(digits(seed, 9)) % ((number(inputs, "max") ?? min) - min + 1));
        },
      },
    },
    "random:index/randomShuffle:RandomShuffle": {
      id: "-",
      replaceOn: ["inputs", "keepers", "resultCount", "seed"],
      outputs: {
        results: ({ inputs, seed }) => {
          const shuffled = [...list(inputs, "inputs")].sort((a, b) =>
            hex(`${seed} ${JSON.stringify(a)}`, 8) < hex(`${seed} ${JSON.stringify(b)}`, 8) ? -1 : 1,
          );
          return shuffled.slice(0, number(inputs, "resultCount"));
        },
      },
    },
  },
  fallback: () => ({ id: "{hex:16}" }),
  autoName: (name) => name,
  replaceOn: [],
  listsDefaults: true,
  checks: [],
  outputs: {},
  handle: (value) => value,
  exists: { code: "AlreadyExists", sentence: "{id} exists already" },
  inUse: { code: "InUse", sentence: "{id} is in use" },
};
