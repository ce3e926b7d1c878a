import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  LocalWorkspace,
  type ProjectSettings,
  PulumiCommand,
  type PulumiFn,
  Stack,
} from "@pulumi/pulumi/automation/index.js";
import { parse, stringify } from "yaml";
import { type LocalLayout, localEnv, repositoryRoot } from "../local-layout";

/** Which stack to open, and what it runs. */
export interface OpenStackArgs {
  /** For example `dev-aws`. */
  readonly stack: string;
  readonly program: PulumiFn;
  /** The stack's config, keyed with its namespace (`ml-platform:cloud`). */
  readonly config: Readonly<Record<string, unknown>>;
  readonly layout: LocalLayout;
  /** Variables of the local clouds' providers. */
  readonly env: Readonly<Record<string, string>>;
}

/** The settings of a stack file, as far as they concern a local stack. */
interface StackFile {
  readonly config?: Readonly<Record<string, unknown>>;
  readonly encryptionsalt?: string;
}

/** Selects a stack of the local state, or makes it, for a program in this process. The engine is the PATH's. */
export async function openStack(args: OpenStackArgs): Promise<Stack> {
  const { stack, layout, program, config, env } = args;
  const workDir = join(layout.stacks, stack);
  await mkdir(workDir, { recursive: true });
  const project = await projectSettings();
  const settingsFile = join(workDir, `Pulumi.${stack}.yaml`);
  const before = await readStackFile(settingsFile);
  // The salt belongs to the secrets in the state: a new one would make them unreadable.
  const { encryptionsalt } = before;
  await writeFile(
    settingsFile,
    stringify({ ...(encryptionsalt === undefined ? {} : { encryptionsalt }), config }),
  );
  const workspace = await LocalWorkspace.create({
    workDir,
    projectSettings: project,
    program,
    envVars: { ...localEnv(layout, "inline"), ...env },
    pulumiCommand: await PulumiCommand.get(),
  });
  return existsSync(stackFiles(layout, project.name, stack).checkpoint)
    ? await Stack.select(stack, workspace)
    : await Stack.create(stack, workspace);
}

/** Where the file backend keeps a stack. */
export function stackFiles(layout: LocalLayout, project: string, stack: string) {
  return {
    checkpoint: join(layout.state, ".pulumi", "stacks", project, `${stack}.json`),
    locks: join(layout.state, ".pulumi", "locks", "organization", project, stack),
  };
}

/** The repository's project file without `main`: an inline program has no directory of its own. */
export async function projectSettings(): Promise<ProjectSettings> {
  const settings = parse(await readFile(join(repositoryRoot, "Pulumi.yaml"), "utf8")) as ProjectSettings;
  delete settings.main;
  return settings;
}

/** Config of one environment's stack file, with another cloud chosen. Values encrypted for the real stack are left out. */
export async function environmentConfig(
  environment: string,
  cloud: string,
): Promise<{ readonly config: Record<string, unknown>; readonly leftOut: readonly string[] }> {
  const file = join(repositoryRoot, `Pulumi.${environment}.yaml`);
  const entries = Object.entries((await readStackFile(file)).config ?? {});
  const leftOut = entries.filter(([, value]) => isEncrypted(value)).map(([key]) => key);
  const config = Object.fromEntries(entries.filter(([key]) => !leftOut.includes(key)));
  return { config: { ...config, "ml-platform:cloud": cloud }, leftOut };
}

async function readStackFile(path: string): Promise<StackFile> {
  if (!existsSync(path)) return {};
  return (parse(await readFile(path, "utf8")) as StackFile | null) ?? {};
}

function isEncrypted(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return "secure" in value || Object.values(value).some(isEncrypted);
}
