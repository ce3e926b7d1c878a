import { execFile } from "node:child_process";
import { access, constants } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { satisfies, valid } from "semver";
import { pins } from "./pins";

const run = promisify(execFile);
const windows = process.platform === "win32";

/** An executable that answers with its version. */
export interface Found {
  readonly path: string;
  readonly version: string;
}

/** Looks for a `pulumi` on the PATH that satisfies the pins; else says why there is none. */
export async function findOnPath(env: NodeJS.ProcessEnv): Promise<Found | { readonly reason: string }> {
  const path = await which("pulumi", env);
  if (path === undefined) return { reason: "not found" };
  const version = await pulumiVersion(path);
  if (version === undefined) return { reason: "`pulumi version` gives no version" };
  if (!satisfies(version, pins.fit)) return { reason: `${version} does not satisfy ${pins.fit}` };
  return { path, version };
}

/** Looks where Pulumi's own tools keep engines: `$PULUMI_HOME/versions/<version>/bin`. */
export async function findCached(env: NodeJS.ProcessEnv): Promise<Found | undefined> {
  const path = cachePath(env);
  return (await pulumiVersion(path)) === pins.engine ? { path, version: pins.engine } : undefined;
}

/** Path of the pinned engine's executable, whether it exists or not. */
export function cachePath(env: NodeJS.ProcessEnv): string {
  const home = env["PULUMI_HOME"] ?? join(env["HOME"] ?? homedir(), ".pulumi");
  return join(home, "versions", pins.engine, "bin", windows ? "pulumi.exe" : "pulumi");
}

/** Asks an engine for its version; undefined when it cannot be run or answers something else. */
export async function pulumiVersion(path: string): Promise<string | undefined> {
  try {
    const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
    const { stdout } = await run(path, ["version"], { env, timeout: 30_000 });
    return valid(stdout.trim()) ?? undefined;
  } catch {
    return undefined;
  }
}

/** First executable of that name on the PATH. */
export async function which(name: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const names = windows ? [`${name}.exe`, `${name}.cmd`] : [name];
  for (const directory of (env["PATH"] ?? "").split(delimiter)) {
    if (directory === "") continue;
    for (const file of names) {
      const path = join(directory, file);
      if (await isExecutable(path)) return path;
    }
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
