import { randomBytes } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { withLock } from "../engine/lock";

/** The repository's own directory. */
export const repositoryRoot = dirname(__dirname);

/** Where a run on the local clouds keeps everything that outlives it. */
export interface LocalLayout {
  /** Stack state, as a file backend. */
  readonly state: string;
  /** The clouds' own memory of what exists. */
  readonly world: string;
  /** One full log a stack. */
  readonly logs: string;
  /** Working directory of each stack: its settings. */
  readonly stacks: string;
  /** PULUMI_HOME of inline programs, and of the plain CLI. */
  readonly homes: { readonly inline: string; readonly cli: string };
  /** Encrypts the secrets of the local stacks' state. */
  readonly passphrase: string;
}

/** Makes the directories and, on the first run, the passphrase. Default: `.local` in the repository. */
export async function prepareLayout(root: string = join(repositoryRoot, ".local")): Promise<LocalLayout> {
  const layout = {
    state: join(root, "state"),
    world: join(root, "world"),
    logs: join(root, "logs"),
    stacks: join(root, "stacks"),
    homes: { inline: join(root, "home", "inline"), cli: join(root, "home", "cli") },
  };
  const directories = [
    layout.state,
    layout.world,
    layout.logs,
    layout.stacks,
    ...Object.values(layout.homes),
  ];
  await Promise.all(directories.map((directory) => mkdir(directory, { recursive: true })));
  return { ...layout, passphrase: await readPassphrase(join(root, "passphrase")) };
}

async function readPassphrase(path: string): Promise<string> {
  try {
    // "wx" fails where the file exists, so that two first runs at once agree on one passphrase.
    await writeFile(path, randomBytes(24).toString("base64url"), { flag: "wx", mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return await readFile(path, "utf8");
}

/** Lets one command at a time use the local clouds: their world belongs to one process. */
export async function withLocalClouds<T>(layout: LocalLayout, work: () => Promise<T>): Promise<T> {
  const waiting = (holder: string) =>
    void process.stderr.write(`Process ${holder} is using the local clouds; waiting for it to end.\n`);
  return await withLock(`${layout.world}.lock`, waiting, work);
}

/** Forgets what the local clouds hold and what the state says of it, for example after an update changed their rules. */
export async function forgetLocalClouds(layout: LocalLayout): Promise<void> {
  for (const directory of [layout.state, layout.world, layout.stacks]) {
    await rm(directory, { recursive: true, force: true });
    await mkdir(directory, { recursive: true });
  }
}

/** Variables that make an engine keep its state here and ask for no plugin downloads. */
export function localEnv(layout: LocalLayout, home: keyof LocalLayout["homes"]): Record<string, string> {
  return {
    PULUMI_BACKEND_URL: `file://${layout.state}`,
    PULUMI_CONFIG_PASSPHRASE: layout.passphrase,
    PULUMI_HOME: layout.homes[home],
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
}

/** A path as it is shown: relative to where the command runs. */
export function shownPath(path: string): string {
  const shown = relative(process.cwd(), path);
  return (shown === "" ? "." : shown).split(sep).join("/");
}
