import { execFile, spawn } from "node:child_process";
import { chmod, mkdir, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { coerce, gte } from "semver";
import { pulumiVersion, which } from "./find";
import { pins } from "./pins";
import type { EngineReporter } from "./report";

const run = promisify(execFile);

/** Where to put the engine, and what to build it with. */
export interface BuildArgs {
  /** Path that the executable gets. */
  readonly path: string;
  /** Variables of the Go tool; PATH says where it is. */
  readonly env: NodeJS.ProcessEnv;
  readonly report: EngineReporter;
}

/**
 * Builds the engine from the modules that engine/gomod pins. go.sum verifies each of them. The executable appears
 * under its name only when it is complete and has answered.
 *
 * @returns undefined on success, else why it did not work; then nothing is left behind.
 */
export async function buildEngine(args: BuildArgs): Promise<string | undefined> {
  const go = await findGo(args.env);
  if ("reason" in go) return go.reason;
  const directory = dirname(args.path);
  const partial = join(directory, `.${basename(args.path)}.build-${process.pid}`);
  await mkdir(directory, { recursive: true });
  await removeLeftovers(directory, basename(args.path));
  const env = { ...args.env, GOWORK: "off" };
  try {
    args.report.step(
      `Building Pulumi ${pins.engine} with ${go.version}: fetching and verifying its modules ...`,
    );
    const total = await countPackages(go.path, env);
    const fault = await compile(go.path, env, partial, total, args.report);
    if (fault !== undefined) return fault;
    await chmod(partial, 0o755);
    if ((await pulumiVersion(partial)) !== pins.engine) return "the engine was built but does not answer";
    await rename(partial, args.path);
    args.report.step(`Built Pulumi ${pins.engine}.`);
    return undefined;
  } catch (error) {
    return `go failed: ${lastLine(error)}`;
  } finally {
    await rm(partial, { force: true });
  }
}

async function findGo(
  env: NodeJS.ProcessEnv,
): Promise<{ path: string; version: string } | { reason: string }> {
  const path = await which("go", env);
  if (path === undefined) return { reason: "no `go` on the PATH" };
  const { stdout } = await run(path, ["env", "GOVERSION"], { env, cwd: pins.goModule }).catch(() => ({
    stdout: "",
  }));
  const version = stdout.trim();
  const found = coerce(version);
  if (found === null) return { reason: "`go env GOVERSION` gives no version" };
  return gte(found, pins.go) ? { path, version } : { reason: `${version} is older than ${pins.go}` };
}

/** Number of packages that the engine is made of. Fetches the modules that are not here yet. */
async function countPackages(go: string, env: NodeJS.ProcessEnv): Promise<number> {
  const { stdout } = await run(go, ["list", "-mod=readonly", "-deps", pins.goPackage], {
    cwd: pins.goModule,
    env,
    maxBuffer: 16 * 1024 * 1024,
  });
  return stdout.trim().split("\n").length;
}

async function compile(
  go: string,
  env: NodeJS.ProcessEnv,
  output: string,
  total: number,
  report: EngineReporter,
): Promise<string | undefined> {
  const flags = `-s -w -X ${pins.goVersionVariable}=${pins.engine}`;
  const modes = ["-v", "-mod=readonly", "-trimpath", "-buildvcs=false"];
  const args = ["build", ...modes, "-ldflags", flags, "-o", output, pins.goPackage];
  const child = spawn(go, args, { cwd: pins.goModule, env, stdio: ["ignore", "ignore", "pipe"] });
  // A stop signal must reach the compiler, and this process must live on to remove the unfinished file.
  const stop = () => void child.kill("SIGTERM");
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.once(signal, stop);
  let compiled = 0;
  let last = "";
  const lines = createInterface({ input: child.stderr });
  lines.on("line", (line) => {
    // With -v the tool prints one import path a line; anything with a space is a message.
    if (/^\S+$/.test(line)) report.progress("Compiling packages", ++compiled, total);
    else if (line.trim() !== "") last = line.trim();
  });
  try {
    const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (exit, by) => resolve([exit, by]));
    });
    if (signal !== null) return "the build was interrupted";
    return code === 0 ? undefined : `go build failed: ${last === "" ? `exit code ${code ?? "?"}` : last}`;
  } finally {
    for (const name of signals) process.off(name, stop);
  }
}

/** Removes what builds left that were killed. The caller holds the lock, so none of them is alive. */
async function removeLeftovers(directory: string, name: string): Promise<void> {
  for (const file of await readdir(directory)) {
    if (file.startsWith(`.${name}.build-`)) await rm(join(directory, file), { force: true });
  }
}

function lastLine(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message?: string };
  const lines = (stderr ?? message ?? "").trim().split("\n");
  return lines[lines.length - 1] ?? "";
}
