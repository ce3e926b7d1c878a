import { createHash } from "node:crypto";

/** What one kind of resource allows in its physical name. */
export interface NameRule {
  /** Most characters the name may have, the hash included. */
  readonly maxLength: number;
  /** Characters that the kind does not allow; runs of them become the separator. */
  readonly disallowed: RegExp;
  readonly separator: "-" | "";
}

/** What makes a name different from that of every other stack: the parts that go into its hash. */
export interface NameIdentity {
  /** Pulumi project, for example `ml-platform`. */
  readonly pulumiProject: string;
  readonly stack: string;
  /** AWS account id, Google Cloud project or Azure subscription id. */
  readonly account: string;
}

const hashLength = 8;

/**
 * Turns readable parts (project, environment, capability, role) into a legal physical name that ends with a hash of
 * the stack's identity and the parts. The same on every run, so a stateful resource is never renamed; different for
 * every project, stack and account, so names that must be unique worldwide do not clash.
 *
 * @throws RangeError when the rule leaves no room for a letter before the hash.
 */
export function physicalName(identity: NameIdentity, parts: readonly string[], rule: NameRule): string {
  const room = rule.maxLength - hashLength - rule.separator.length;
  if (room < 1)
    throw new RangeError(
      `a name of ${rule.maxLength} characters has no room for its ${hashLength}-character hash`,
    );
  const key = [identity.pulumiProject, identity.stack, identity.account, ...parts].join("\0");
  const hash = createHash("sha256").update(key).digest("hex").slice(0, hashLength);
  const runs = new RegExp(`(?:${rule.disallowed.source})+`, "g");
  const readable = parts
    .join("-")
    .toLowerCase()
    .replace(runs, rule.separator)
    .replace(/^[^a-z]+/, "");
  const head = trimDashes((readable === "" ? "x" : readable).slice(0, room));
  return head + rule.separator + hash;
}

function trimDashes(text: string): string {
  return text.replace(/-{2,}/g, "-").replace(/-+$/, "");
}
