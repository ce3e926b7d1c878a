import { delimiter, dirname } from "node:path";
import { buildEngine } from "./build";
import { downloadEngine } from "./download";
import { cachePath, findCached, findOnPath } from "./find";
import { withLock } from "./lock";
import { pins } from "./pins";
import type { EngineReporter } from "./report";

/** A Pulumi engine that fits this project. */
export interface Engine {
  /** Absolute path of the `pulumi` executable. */
  readonly path: string;
  /** For example `3.255.0`. */
  readonly version: string;
  /** Where it came from: found (`path`, `cache`), or made by this call (`download`, `build`). */
  readonly source: "path" | "cache" | "download" | "build";
  /** Variables for every run of it: it stands first on the PATH, and does not look for newer versions. */
  readonly env: Readonly<Record<string, string>>;
}

/** What `ensureEngine` may be told. */
export interface EnsureEngineOptions {
  readonly report: EngineReporter;
  /** Variables to search by (PATH, PULUMI_HOME, HOME); default: those of this process. */
  readonly env?: NodeJS.ProcessEnv;
  /** Host of the official release; default: the pinned one. */
  readonly downloadUrl?: string;
  /** Longest wait for that host's first answer, in milliseconds; default 5000. */
  readonly reachTimeoutMs?: number;
}

/** No engine could be had. The message says what was tried and what to do. */
export class EngineUnavailableError extends Error {
  override readonly name = "EngineUnavailableError";
}

/**
 * Finds or gets a Pulumi engine: a fit `pulumi` on the PATH, else the one in Pulumi's own directory, else the
 * official download, else a build from Go modules (about 4 minutes on 2 cores, once). Two calls at once, also in
 * two processes, get it once.
 *
 * @throws EngineUnavailableError when none of the ways works.
 */
export async function ensureEngine(options: EnsureEngineOptions): Promise<Engine> {
  const env = options.env ?? process.env;
  const onPath = await findOnPath(env);
  if ("version" in onPath) return engine(onPath.path, onPath.version, "path", env);
  const cached = await findCached(env);
  if (cached) return engine(cached.path, cached.version, "cache", env);
  const { report } = options;
  const path = cachePath(env);
  const waiting = (holder: string) =>
    report.step(`Process ${holder} is getting the Pulumi engine already; waiting for it.`);
  return await withLock(`${dirname(dirname(path))}.lock`, waiting, async () => {
    const meanwhile = await findCached(env);
    if (meanwhile) return engine(meanwhile.path, meanwhile.version, "cache", env);
    report.step(`No fit Pulumi engine here (${onPath.reason}); getting ${pins.engine}, once.`);
    const { downloadUrl = pins.downloadUrl, reachTimeoutMs = 5000 } = options;
    const downloadFault = await downloadEngine({ path, url: downloadUrl, reachTimeoutMs, report });
    if (downloadFault === undefined) return engine(path, pins.engine, "download", env);
    report.step(
      `The official download did not work (${downloadFault}); building it from Go modules instead.`,
    );
    const buildFault = await buildEngine({ path, env, report });
    if (buildFault === undefined) return engine(path, pins.engine, "build", env);
    throw new EngineUnavailableError(unavailable(onPath.reason, downloadFault, buildFault));
  });
}

function engine(path: string, version: string, source: Engine["source"], env: NodeJS.ProcessEnv): Engine {
  return {
    path,
    version,
    source,
    env: {
      PATH: [dirname(path), env["PATH"] ?? ""].join(delimiter),
      PULUMI_SKIP_UPDATE_CHECK: "true",
    },
  };
}

function unavailable(pathFault: string, downloadFault: string, buildFault: string): string {
  return [
    "No Pulumi engine could be had. Tried:",
    `  1. pulumi on the PATH: ${pathFault}`,
    `  2. official release ${pins.engine} from ${pins.downloadUrl}: ${downloadFault}`,
    `  3. build from Go modules: ${buildFault}`,
    "Any one of these mends it; then run the same command again:",
    `  - install Pulumi ${pins.fit} (https://www.pulumi.com/docs/install/) so that \`pulumi version\` works`,
    `  - let this machine reach ${pins.downloadUrl}`,
    `  - install Go ${pins.go} or later (https://go.dev/dl/) and let it reach a module proxy (go env GOPROXY)`,
  ].join("\n");
}
