import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";

/** The packages that the local clouds answer for. Data, so that the server loop and the version look-up agree. */
export const packages = ["aws", "awsx", "eks", "gcp", "azure-native", "kubernetes", "random"] as const;
export type PackageName = (typeof packages)[number];

/** What may stand in a property, as far as its TypeScript type tells without following references. */
export type Kind = "string" | "number" | "boolean" | "array" | "object" | "any";

export interface PropertySchema {
  readonly kind: Kind;
  /** The documentation says that a change makes a new resource. */
  readonly replaces: boolean;
}

/** A resource type, read from the generated SDK that programs themselves compile against. */
export interface TypeSchema {
  readonly token: string;
  readonly inputs: ReadonlyMap<string, PropertySchema>;
  readonly required: readonly string[];
  /** Properties that a resource of the type always has once it exists, input or not. */
  readonly outputs: ReadonlyMap<string, Kind>;
  /** True for types that accept any property (custom resources of Kubernetes). */
  readonly open: boolean;
}

/** A type token that the installed SDKs do not have. */
export class UnknownTypeError extends Error {}

const cache = new Map<string, TypeSchema>();

/**
 * The schema of a type token, for example `aws:s3/bucket:Bucket`. Read on first use, because the SDKs hold thousands
 * of types and a stack uses dozens.
 *
 * @throws UnknownTypeError when no installed SDK has the type.
 */
export function schemaOf(token: string): TypeSchema {
  const known = cache.get(token);
  if (known !== undefined) return known;
  const schema = readSchema(token);
  cache.set(token, schema);
  return schema;
}

/** The version of the installed SDK of a package: the provider version that programs expect. */
export function packageVersion(name: PackageName): string {
  const manifest = JSON.parse(readFileSync(join(packageFolder(name), "package.json"), "utf8")) as {
    version: string;
  };
  return manifest.version;
}

function packageFolder(name: string): string {
  return dirname(require.resolve(`@pulumi/${name}/package.json`));
}

function readSchema(token: string): TypeSchema {
  const [packageName = "", module = "", type = ""] = token.split(":");
  const file = sdkFile(packageName, module, type);
  if (file === undefined) {
    // A kind that a custom resource definition adds: its package has no class for it, the API server decides.
    if (packageName === "kubernetes" && /^[a-z0-9.-]+\/v\d\w*$/.test(module)) return openSchema(token);
    throw new UnknownTypeError(
      `unrecognized resource type: ${token}: the installed SDK of ${packageName} has no such type`,
    );
  }
  const script = constructorOf(readFileSync(`${file}.js`, "utf8"), type);
  const declaration = readFileSync(`${file}.d.ts`, "utf8");
  const declaredInputs = membersOf(blockOf(declaration, `export interface ${type}Args`));
  const declaredOutputs = membersOf(blockOf(declaration, `export declare class ${type} `));
  const inputs = new Map<string, PropertySchema>();
  const outputs = new Map<string, Kind>();
  for (const [, property, value] of script.matchAll(/resourceInputs\["(\w+)"\] = (.*);/g)) {
    if (property === undefined || value === undefined) continue;
    if (!/^undefined \/\*out\*\/$|\bstate\?\./.test(value)) {
      const member = declaredInputs.get(property);
      inputs.set(property, {
        kind: kindOf(member?.type ?? "any"),
        replaces: forcesReplacement(member?.doc ?? ""),
      });
    }
    const output = declaredOutputs.get(property);
    if (output !== undefined && !/\| undefined>$/.test(output.type))
      outputs.set(property, kindOf(output.type));
  }
  const required = [...script.matchAll(/Missing required property '(\w+)'/g)].map((match) => match[1] ?? "");
  return { token, inputs, required: [...new Set(required)], outputs, open: false };
}

function openSchema(token: string): TypeSchema {
  return { token, inputs: new Map(), required: [], outputs: new Map(), open: true };
}

/** The generated file of a type, without its extension. */
function sdkFile(packageName: string, module: string, type: string): string | undefined {
  if (!(packages as readonly string[]).includes(packageName) || type === "") return undefined;
  const folder = join(packageFolder(packageName), ...moduleFolder(packageName, module));
  const file = join(folder, type.charAt(0).toLowerCase() + type.slice(1));
  if (existsSync(`${file}.js`)) return file;
  // Acronyms (`DNSZone`) are lower-cased by rules of the generator that are not worth repeating here.
  const wanted = `${type}.js`.toLowerCase();
  const found = existsSync(folder)
    ? readdirSync(folder).find((entry) => entry.toLowerCase() === wanted)
    : undefined;
  return found === undefined ? undefined : join(folder, found.slice(0, -".js".length));
}

/** `ec2/vpc` is folder ec2, `network` is network, `rbac.authorization.k8s.io/v1` is rbac/v1, `index/x` the root. */
function moduleFolder(packageName: string, module: string): string[] {
  const parts = module.split("/");
  if (packageName === "kubernetes") return [parts[0]?.split(".")[0] ?? "", parts[1] ?? ""];
  return parts[0] === "index" || parts[0] === undefined ? [] : [parts[0]];
}

/** The constructor alone: the documentation before it holds whole programs in comments. */
function constructorOf(script: string, type: string): string {
  const start = script.indexOf("constructor(", script.indexOf(`class ${type} `));
  const body = script.slice(start);
  // After the first branch, SDKs of native providers list every property as an output of a resource that is only read.
  const readOnly = body.indexOf("\n        else {\n            resourceInputs");
  return readOnly === -1 ? body : body.slice(0, readOnly);
}

function blockOf(declaration: string, head: string): string {
  const start = declaration.indexOf(head);
  if (start === -1) return "";
  return declaration.slice(start, declaration.indexOf("\n}", start));
}

const forcesNew =
  /forces? (?:a |the )?(?:new|replacement|re-?creation|creation of a new)|(?:will|to) (?:trigger|force) (?:a )?(?:replacement|re-?creation)|cannot be changed (?:after|once)|changing this (?:creates|recreates)/i;

/** Sentences that start with a condition speak of special cases, which the rule tables know. */
function forcesReplacement(doc: string): boolean {
  return doc.split(/\.\s+/).some((sentence) => forcesNew.test(sentence) && !/^\W*if /i.test(sentence));
}

interface Member {
  readonly type: string;
  readonly doc: string;
}

/** Property name to its type and documentation. Types that span lines (maps) are cut at their first line. */
function membersOf(block: string): ReadonlyMap<string, Member> {
  const members = new Map<string, Member>();
  let doc = "";
  for (const line of block.split("\n")) {
    const trimmed = line.trim();
    if (trimmed.startsWith("/**")) doc = trimmed;
    else if (trimmed.startsWith("*")) doc += ` ${trimmed.slice(1).trim()}`;
    else {
      const match = /^ {4}(?:readonly )?(\w+)\??: (.*?);?$/.exec(line);
      if (match?.[1] !== undefined && match[2] !== undefined) members.set(match[1], { type: match[2], doc });
      doc = "";
    }
  }
  return members;
}

function kindOf(declared: string): Kind {
  const type = declared
    .replace(/pulumi\.(Input|Output)</g, "")
    .replace(/>/g, "")
    .replace(/ \| undefined/g, "")
    .trim();
  if (type.endsWith("[]")) return "array";
  if (type.startsWith("{") || /^(inputs|outputs)\./.test(type))
    return type.includes(" | ") ? "any" : "object";
  if (type === "string" || type === "number" || type === "boolean") return type;
  // `string | enums.storage.Kind`: an enum whose values the API may extend.
  return type.startsWith("string | enums.") ? "string" : "any";
}
