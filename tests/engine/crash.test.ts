import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import type { Phase, StackEvent, StackResult } from "../../cli/rehearsal/report";
import { type Fault, faultsVariable } from "../../local/index";
import { makePlace, type Place } from "./support/rehearsal";
import { thingCount } from "./support/stand-in";

/** What cloud and state held after a phase. */
interface Holdings {
  readonly phase: Phase;
  readonly cloud: readonly string[];
  readonly state: readonly string[];
  /** Operations of the state that are still open. */
  readonly pending: number;
}

interface Ended {
  readonly notes: readonly string[];
  readonly holdings: ReadonlyMap<Phase, Holdings>;
  readonly result: StackResult | undefined;
  readonly signal: NodeJS.Signals | null;
}

/** Runs phases of the stand-in program in a group of processes, which dies as a whole when `killAfter` says so. */
async function run(
  place: Place,
  phases: string,
  how: {
    readonly faults?: readonly Fault[];
    readonly killAfter?: (event: StackEvent) => number | undefined;
  } = {},
): Promise<Ended> {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", join(__dirname, "support", "crashing-run.ts"), place.root, phases],
    {
      detached: true,
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, [faultsVariable]: JSON.stringify(how.faults ?? []) },
    },
  );
  const killAll = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    } catch (error) {
      // The whole group is gone already.
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  };
  let text = "";
  let armed = false;
  child.stdout.on("data", (chunk: Buffer) => {
    text += chunk.toString();
    const last = parseLines(text).at(-1);
    const delay =
      last === undefined || last.kind === "result" || last.kind === "holdings"
        ? undefined
        : how.killAfter?.(last);
    if (delay === undefined || armed) return;
    armed = true;
    void sleep(delay).then(killAll);
  });
  const signal = await new Promise<NodeJS.Signals | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (_, by) => resolve(by));
  });
  // After a kill by fault the engine is still there: the machine is to have died, not only one of its processes.
  if (signal !== null) killAll();
  const lines = parseLines(text);
  return {
    notes: lines.flatMap((line) => (line.kind === "note" ? [line.text] : [])),
    holdings: new Map(
      lines.flatMap((line) => (line.kind === "holdings" ? [[line.phase, line] as const] : [])),
    ),
    result: lines.find((line) => line.kind === "result")?.result,
    signal,
  };
}

type Line =
  | StackEvent
  | ({ readonly kind: "holdings" } & Holdings)
  | { readonly kind: "result"; readonly result: StackResult };

function parseLines(text: string): Line[] {
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);
}

/** The next run puts everything in order, and then its destroy leaves nothing. */
async function converges(place: Place): Promise<Ended> {
  const again = await run(place, "up,second up,destroy");
  expect(again.result?.phases.flatMap(({ faults }) => faults)).to.deep.equal([]);
  expect(again.result?.phases.map(({ phase }) => phase)).to.deep.equal(["up", "second up", "destroy"]);
  const { cloud, state, pending } = again.holdings.get("second up")!;
  expect(state).to.deep.equal(cloud);
  expect(cloud).to.have.lengthOf(thingCount);
  expect(pending).to.equal(0);
  expect(again.holdings.get("destroy")).to.deep.include({ cloud: [], state: [] });
  return again;
}

describe("an up that is killed converges when it is run again", function () {
  this.timeout(120_000);
  let place: Place;

  beforeEach(async () => {
    place = await makePlace();
  });

  afterEach(() => place.remove());

  for (const k of [0, 4]) {
    it(`killed after the cloud made thing number ${k + 1} and before anyone heard of it`, async () => {
      const kill: Fault = { operation: "create", effect: { kind: "kill" }, after: k, times: 1 };
      const first = await run(place, "up", { faults: [kill] });
      expect(first.signal).to.equal("SIGKILL");
      const { notes } = await converges(place);
      expect(notes.join("\n"))
        .to.match(/lock of process \d+.*released/)
        .and.match(/[1-9]\d* finished by the cloud/);
    });
  }

  it("killed while it was writing the state's attributes", async () => {
    const kill: Fault = { operation: "create", effect: { kind: "kill" }, after: 3, times: 1 };
    await run(place, "up", { faults: [kill] });
    writeFileSync(join(place.layout.state, ".pulumi", "stacks", "ml-platform", "dev-aws.json.attrs"), "");
    await converges(place);
  });

  for (const [when, delay] of [
    ["as the engine starts", (event: StackEvent) => (event.kind === "phase" ? 700 : undefined)],
    ["at the first resource", (event: StackEvent) => (event.kind === "resource" ? 0 : undefined)],
    [
      "at the fourth resource",
      (event: StackEvent) => (event.kind === "resource" && event.done > 3 ? 5 : undefined),
    ],
  ] as const) {
    it(`killed ${when}`, async () => {
      const first = await run(place, "up", { killAfter: delay });
      expect(first.signal).to.equal("SIGKILL");
      expect(first.result).to.equal(undefined);
      await converges(place);
    });
  }
});
