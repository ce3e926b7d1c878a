import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import type { LocalLayout } from "./local-layout";
import { repositoryRoot } from "./local-layout";

/** Directories that a project on the local clouds shares with the repository. */
const shared = ["program", "policy"];

/**
 * Makes the project directory in which the plain Pulumi CLI runs on the local clouds. The CLI writes the salt of its
 * secrets into the stack's file, and a local stack's salt has no place in the repository's. A stack file follows the
 * repository's whenever that one changes; until then it keeps what `pulumi config set` wrote here.
 *
 * @returns the directory.
 */
export async function prepareLocalProject(layout: LocalLayout): Promise<string> {
  const directory = join(layout.stacks, "cli");
  await mkdir(directory, { recursive: true });
  await copyFile(join(repositoryRoot, "Pulumi.yaml"), join(directory, "Pulumi.yaml"));
  for (const name of shared) {
    await rm(join(directory, name), { force: true });
    await symlink(join(repositoryRoot, name), join(directory, name));
  }
  for (const file of await readdir(repositoryRoot)) {
    if (/^Pulumi\..+\.yaml$/.test(file)) await followStackFile(directory, file);
  }
  return directory;
}

async function followStackFile(directory: string, file: string): Promise<void> {
  const source = await readFile(join(repositoryRoot, file), "utf8");
  const hash = createHash("sha256").update(source).digest("hex");
  const target = join(directory, file);
  const record = join(directory, `.${file}.sha256`);
  if (existsSync(target) && existsSync(record) && (await readFile(record, "utf8")) === hash) return;
  const before = existsSync(target) ? (parse(await readFile(target, "utf8")) as Record<string, unknown>) : {};
  const settings = parse(source) as Record<string, unknown>;
  const salt = before["encryptionsalt"];
  await writeFile(
    target,
    stringify({ ...settings, ...(salt === undefined ? {} : { encryptionsalt: salt }) }),
  );
  await writeFile(record, hash);
}

/**
 * Makes the stack that a Pulumi command names where the local state does not have it yet.
 *
 * @returns the stack's name when it was made.
 */
export function initNamedStack(
  command: readonly string[],
  run: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly layout: LocalLayout },
): string | undefined {
  if (command[0] !== "pulumi" || command[1] === "stack") return undefined;
  const at = command.findIndex((word) => word === "-s" || word === "--stack");
  const stack =
    command.find((word) => word.startsWith("--stack="))?.slice("--stack=".length) ?? command[at + 1];
  if (at === -1 && !command.some((word) => word.startsWith("--stack="))) return undefined;
  if (stack === undefined || !existsSync(join(run.cwd, `Pulumi.${stack}.yaml`))) return undefined;
  if (existsSync(join(run.layout.state, ".pulumi", "stacks", "ml-platform", `${stack}.json`)))
    return undefined;
  const { status } = spawnSync("pulumi", ["stack", "init", stack, "--non-interactive"], {
    cwd: run.cwd,
    env: run.env,
    stdio: "ignore",
  });
  return status === 0 ? stack : undefined;
}
