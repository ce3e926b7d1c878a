import { mkdir, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { SemVer } from "semver";
import { pulumiVersion } from "./find";
import { pins } from "./pins";
import type { EngineReporter } from "./report";

/** Where to put the engine, and whom to ask. */
export interface DownloadArgs {
  /** Path that the executable gets: `<root>/bin/pulumi`. */
  readonly path: string;
  readonly url: string;
  readonly reachTimeoutMs: number;
  readonly report: EngineReporter;
}

/**
 * Installs the official release with Pulumi's own installer.
 *
 * @returns undefined on success, else why it did not work; then nothing is left behind.
 */
export async function downloadEngine(args: DownloadArgs): Promise<string | undefined> {
  const unreachable = await reach(args.url, args.reachTimeoutMs);
  if (unreachable !== undefined) return unreachable;
  const root = dirname(dirname(args.path));
  const partial = `${root}.download-${process.pid}`;
  args.report.step(`Downloading Pulumi ${pins.engine} from ${args.url} ...`);
  try {
    await mkdir(partial, { recursive: true });
    const { PulumiCommand } = await import("@pulumi/pulumi/automation/index.js");
    const installed = await PulumiCommand.install({ version: new SemVer(pins.engine), root: partial });
    if ((await pulumiVersion(installed.command)) !== pins.engine)
      return "the installed engine does not answer";
    await rm(root, { recursive: true, force: true });
    await rename(partial, root);
    return undefined;
  } catch (error) {
    return `the installer failed: ${firstLine(error)}`;
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

async function reach(url: string, timeoutMs: number): Promise<string | undefined> {
  try {
    const response = await fetch(url, { method: "HEAD", signal: AbortSignal.timeout(timeoutMs) });
    return response.status >= 500 ? `the host answers with HTTP status ${response.status}` : undefined;
  } catch (error) {
    const timedOut = error instanceof Error && error.name === "TimeoutError";
    return timedOut
      ? `no answer within ${timeoutMs / 1000} s`
      : `host not reachable: ${firstLine(causeOf(error))}`;
  }
}

function causeOf(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? error.cause : error;
}

/** First line of an error's message. */
export function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.trim().split("\n")[0] ?? "";
}
