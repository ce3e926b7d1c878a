// `npm run bench`: how long the platform takes on the local clouds, and how that compares with the floor, which is
// measured in the same run, in turn with it. `--runs 5`, `--cloud gcp`, `--environment prod`, `--json`.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Table from "cli-table3";
import { Command } from "commander";
import { parseClouds } from "../cli/commands/rehearse";
import { type LocalLayout, prepareLayout, repositoryRoot } from "../cli/local-layout";
import { localView } from "../cli/rehearsal/local-view";
import { environmentConfig } from "../cli/rehearsal/open-stack";
import type { Phase, StackResult } from "../cli/rehearsal/report";
import { startWorker } from "../cli/rehearsal/start-worker";
import { ensureEngine } from "../engine/index";
import { preparePulumiHome } from "../engine/home";
import { streamReporter } from "../engine/report";
import { type LocalClouds, startLocalClouds } from "../local/index";
import { floorCountVariable } from "./floor";

const phases = ["preview", "up", "second up", "destroy"] as const satisfies readonly Phase[];

/** Most that the platform may take, as a multiple of the floor. */
const goal = 1.5;

interface Options {
  readonly runs: string;
  readonly cloud: string;
  readonly environment: string;
  readonly json?: boolean;
}

/** What is measured with: engine variables, state, clouds. */
interface Bench {
  readonly layout: LocalLayout;
  readonly local: LocalClouds;
  readonly env: Readonly<Record<string, string>>;
}

type Seconds = Readonly<Record<(typeof phases)[number], number>>;

/** Medians of one cloud. */
interface Figures {
  readonly cloud: string;
  readonly resources: number;
  readonly seconds: Seconds;
  readonly floorSeconds: Seconds;
  readonly ratio: Seconds;
}

async function main(options: Options): Promise<number> {
  const clouds = parseClouds(options.cloud);
  const runs = Number(options.runs);
  if (typeof clouds === "string") throw new Error(clouds);
  if (!Number.isInteger(runs) || runs < 1)
    throw new Error(`--runs ${options.runs}: it must be a whole number from 1`);
  const engine = await ensureEngine({ report: streamReporter() });
  const root = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    const layout = await prepareLayout(root);
    await preparePulumiHome(layout.homes.inline, ["policy"]);
    const local = await startLocalClouds({ worldDir: layout.world });
    const bench = { layout, local, env: { ...engine.env, ...local.env } };
    const figures: Figures[] = [];
    for (const cloud of clouds) figures.push(await measure(bench, cloud, options.environment, runs));
    await local.stop();
    process.stdout.write(
      `${options.json === true ? toJson(figures, options, runs) : toTable(figures, runs)}\n`,
    );
    return figures.every(({ ratio }) => phases.every((phase) => ratio[phase] <= goal)) ? 0 : 7;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function measure(bench: Bench, cloud: string, environment: string, runs: number): Promise<Figures> {
  const { config } = await environmentConfig(environment, cloud);
  const ours: StackResult[] = [];
  const floors: StackResult[] = [];
  for (let run = 1; run <= runs; run++) {
    process.stderr.write(`${cloud}: run ${run} of ${runs}\n`);
    const platform = {
      program: join(repositoryRoot, "index.ts"),
      config,
      policyPacks: [join(repositoryRoot, "policy")],
    };
    ours.push(await take(bench, `${environment}-${cloud}`, platform));
    // The floor is as large as what it is compared with.
    const count = ours[0]?.resources ?? 0;
    const floor = { program: join(__dirname, "floor.ts"), config: {}, policyPacks: [] };
    floors.push(await take(bench, `floor-${cloud}`, floor, { [floorCountVariable]: String(count) }));
  }
  const seconds = medians(ours);
  const floorSeconds = medians(floors);
  const ratio = Object.fromEntries(phases.map((phase) => [phase, seconds[phase] / floorSeconds[phase]]));
  return { cloud, resources: ours[0]?.resources ?? 0, seconds, floorSeconds, ratio: ratio as Seconds };
}

interface Subject {
  readonly program: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly policyPacks: readonly string[];
}

async function take(
  { layout, local, env }: Bench,
  stack: string,
  { program, config, policyPacks }: Subject,
  more: Readonly<Record<string, string>> = {},
): Promise<StackResult> {
  const assignment = {
    stack,
    programModule: program,
    config,
    phases,
    policyPacks,
    layout,
    env: { ...env, ...more },
  };
  const result = await startWorker(assignment, localView(local.world), () => undefined).result;
  const faults = result.phases.flatMap((phase) => phase.faults);
  if (faults[0] !== undefined) throw new Error(`${stack} ${faults[0].resource}: ${faults[0].reason}`);
  return result;
}

function medians(results: readonly StackResult[]): Seconds {
  const of = (phase: Phase) => {
    const sorted = results
      .flatMap((result) => result.phases.filter((done) => done.phase === phase).map(({ seconds }) => seconds))
      .sort((a, b) => a - b);
    const middle = sorted.length / 2;
    return ((sorted[Math.ceil(middle) - 1] ?? NaN) + (sorted[Math.floor(middle)] ?? NaN)) / 2;
  };
  return { preview: of("preview"), up: of("up"), "second up": of("second up"), destroy: of("destroy") };
}

function toTable(figures: readonly Figures[], runs: number): string {
  const table = new Table({ head: ["cloud", "resources", ...phases], style: { head: [], border: [] } });
  for (const { cloud, resources, seconds, floorSeconds, ratio } of figures) {
    const cells = phases.map(
      (phase) =>
        `${seconds[phase].toFixed(1)} s / ${floorSeconds[phase].toFixed(1)} s\n= ${ratio[phase].toFixed(2)}${ratio[phase] > goal ? " (over)" : ""}`,
    );
    table.push([cloud, String(resources), ...cells]);
  }
  const legend = `Each cell: the platform / the floor (as many empty resources, bare program, no policies) = ratio.`;
  return `${table.toString()}\n${legend} Median of ${runs} runs in turn; goal ${goal}.`;
}

function toJson(figures: readonly Figures[], { environment }: Options, runs: number): string {
  return JSON.stringify({ version: 1, environment, runs, goal, figures }, null, 2);
}

const command = new Command("bench")
  .description(
    "Wall time of preview, up, second up and destroy on the local clouds, and the ratio to the floor.",
  )
  .option("--runs <count>", "runs of each case; medians are shown", "3")
  .option("-c, --cloud <names>", "clouds, separated by commas, or all", "all")
  .option("-e, --environment <name>", "whose stack file to use", "dev")
  .option("--json", "figures as JSON");

main(command.parse().opts<Options>()).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
