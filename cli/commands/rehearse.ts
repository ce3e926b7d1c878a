import { join } from "node:path";
import { distance } from "fastest-levenshtein";
import { type Cloud, clouds } from "../../components/core/cloud";
import { type Engine, ensureEngine } from "../../engine/index";
import { preparePulumiHome } from "../../engine/home";
import { streamReporter } from "../../engine/report";
import { startLocalClouds } from "../../local/index";
import {
  forgetLocalClouds,
  type LocalLayout,
  prepareLayout,
  repositoryRoot,
  shownPath,
  withLocalClouds,
} from "../local-layout";
import { localView } from "../rehearsal/local-view";
import { environmentConfig } from "../rehearsal/open-stack";
import { type Progress, showProgress } from "../rehearsal/progress";
import { phases } from "../rehearsal/report";
import { type CloudView, logPath } from "../rehearsal/run-stack";
import { startWorker, type Worker } from "../rehearsal/start-worker";
import { type Row, rowHeld, summarize } from "../rehearsal/summary";

/** Pulumi's own exit codes (its documentation, 2026-11). */
const exitCodes = { held: 0, failed: 1, wrongUse: 2, cancelled: 8 } as const;

/** What the command line gives. */
export interface RehearseOptions {
  readonly environment: string;
  /** Names separated by commas, or `all`. */
  readonly cloud: string;
  /** Forget what earlier runs left in the local clouds and in the state. Default: go on from it. */
  readonly fresh?: boolean;
}

/**
 * Takes one environment through its whole life on the local clouds, all chosen clouds side by side.
 *
 * @returns the exit code: 0 when everything held on every cloud, 1 when not, 2 for wrong options, 8 when cancelled.
 */
export async function rehearse(options: RehearseOptions): Promise<number> {
  const chosen = parseClouds(options.cloud);
  if (typeof chosen === "string") {
    process.stderr.write(`${chosen}\n`);
    return exitCodes.wrongUse;
  }
  const engine = await ensureEngine({ report: streamReporter() });
  const layout = await prepareLayout();
  await preparePulumiHome(layout.homes.inline, ["policy"]);
  return await withLocalClouds(layout, async () => {
    if (options.fresh === true) await forgetLocalClouds(layout);
    return await rehearseOn(chosen, options, { engine, layout });
  });
}

/** What is ready before the clouds start. */
interface Ready {
  readonly engine: Engine;
  readonly layout: LocalLayout;
}

async function rehearseOn(chosen: readonly Cloud[], options: RehearseOptions, ready: Ready): Promise<number> {
  const started = performance.now();
  const { engine, layout } = ready;
  const local = await startLocalClouds({ worldDir: layout.world });
  process.stderr.write(
    `Rehearsing ${options.environment} on ${chosen.join(", ")}: local clouds, Pulumi ${engine.version}; nothing leaves this machine.\n`,
  );
  const progress = showProgress(chosen);
  const lanes = {
    ...options,
    layout,
    progress,
    env: { ...engine.env, ...local.env },
    view: localView(local.world),
  };
  const runs = await Promise.all(chosen.map((cloud) => prepareRun(cloud, lanes)));
  const cancelled = listenForCancel(
    runs.map(({ worker }) => worker),
    progress,
  );
  const rows = await Promise.all(runs.map(({ row }) => row));
  progress.stop();
  await local.stop();
  process.stdout.write(`${summarize(rows, (performance.now() - started) / 1000)}\n`);
  if (rows.every(rowHeld)) return exitCodes.held;
  return cancelled() ? exitCodes.cancelled : exitCodes.failed;
}

/** What all clouds' runs share. */
interface Lanes extends RehearseOptions {
  readonly layout: LocalLayout;
  readonly progress: Progress;
  readonly env: Readonly<Record<string, string>>;
  readonly view: CloudView;
}

async function prepareRun(
  cloud: Cloud,
  lanes: Lanes,
): Promise<{ readonly worker: Worker; readonly row: Promise<Row> }> {
  const { environment, layout, progress, env, view } = lanes;
  const stack = `${environment}-${cloud}`;
  const { config, leftOut } = await environmentConfig(environment, cloud);
  if (leftOut.length > 0) {
    progress.line(`${cloud}: left out, since only the real stack's key reads them: ${leftOut.join(", ")}`);
  }
  const worker = startWorker(
    {
      stack,
      programModule: join(repositoryRoot, "index.ts"),
      config,
      phases,
      policyPacks: [join(repositoryRoot, "policy")],
      layout,
      env,
    },
    view,
    (event) => progress.tell(cloud, event),
  );
  const row = worker.result
    .catch((error: unknown) => ({ broken: error instanceof Error ? error.message : String(error) }))
    .then((outcome) => ({
      cloud,
      stack,
      log: shownPath(logPath(layout, stack)),
      next: `npm start -- --environment ${environment} --cloud ${cloud}`,
      outcome,
    }));
  return { worker, row };
}

/** The first Ctrl-C lets every engine end its steps; the second ends everything at once. */
function listenForCancel(workers: readonly Worker[], progress: Progress): () => boolean {
  let count = 0;
  const stop = () => {
    count++;
    if (count === 1) {
      progress.line("Cancelling: the steps under way end and the state is saved. Ctrl-C again ends at once.");
      for (const worker of workers) worker.cancel();
    } else {
      for (const worker of workers) worker.kill();
    }
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return () => count > 0;
}

/** The chosen clouds in their usual order, or a message that says what is wrong. */
export function parseClouds(text: string): readonly Cloud[] | string {
  const names = text.split(",").map((name) => name.trim().toLowerCase());
  if (names.includes("all")) return clouds;
  const wrong = names.filter((name) => !clouds.some((cloud) => cloud === name));
  if (wrong.length === 0) return clouds.filter((cloud) => names.includes(cloud));
  const near = wrong.map(
    (name) => [...clouds].sort((a, b) => distance(name, a) - distance(name, b))[0] ?? "",
  );
  return `--cloud ${text}: ${wrong.join(", ")} is not one of ${clouds.join(", ")}, all. Try --cloud ${[...new Set(near)].join(",")}.`;
}
