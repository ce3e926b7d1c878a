import { mkdir, rm, symlink } from "node:fs/promises";
import { join } from "node:path";

/** What lets an engine run programs or policy packs written for Node. */
export type Host = "language" | "policy";

const hosts: { readonly [H in Host]: { readonly directory: string; readonly file: string } } = {
  language: { directory: "language-nodejs-v3.248.0", file: "pulumi-language-nodejs" },
  policy: { directory: "analyzer-policy-nodejs-v3.248.0", file: "pulumi-analyzer-policy-nodejs" },
};

/**
 * Makes a PULUMI_HOME whose plugin cache holds hosts of ours. The engine looks there last: after the PATH, and after
 * the official host that ships beside an official engine. So ours serves only where there is no other.
 *
 * The policy host alone is enough for inline programs. With the language host in reach the engine starts packs
 * through it instead, which costs one more process in each run.
 */
export async function preparePulumiHome(directory: string, wanted: readonly Host[]): Promise<void> {
  for (const host of Object.keys(hosts) as Host[]) {
    const { directory: plugin, file } = hosts[host];
    const folder = join(directory, "plugins", plugin);
    if (!wanted.includes(host)) {
      await rm(folder, { recursive: true, force: true });
      continue;
    }
    await mkdir(folder, { recursive: true });
    const link = join(folder, file);
    await symlink(join(__dirname, "hosts", file), link).catch(async (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      // Re-made every time: the repository may have moved since.
      await rm(link, { force: true });
      await symlink(join(__dirname, "hosts", file), link);
    });
  }
}
