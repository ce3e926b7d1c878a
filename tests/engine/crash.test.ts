import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { held, type StackEvent, type StackResult } from "../../cli/rehearsal/report";
import { type Fault, faultsVariable } from "../../local/index";
import { makePlace, type Place, withClouds } from "./support/rehearsal";
import { buckets } from "./support/stand-in";

interface Checkpoint {
  readonly checkpoint: {
    readonly latest?: {
      readonly resources?: readonly { readonly urn: string; readonly type: string; readonly id?: string }[];
      readonly pending_operations?: readonly unknown[];
    };
  };
}

interface Ended {
  readonly events: readonly StackEvent[];
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
    const delay = last === undefined || last.kind === "result" ? undefined : how.killAfter?.(last);
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
    events: lines.filter((line) => line.kind !== "result"),
    result: lines.find((line) => line.kind === "result")?.result,
    signal,
  };
}

type Line = StackEvent | { readonly kind: "result"; readonly result: StackResult };

function parseLines(text: string): Line[] {
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);
}

function checkpoint(place: Place) {
  const file = join(place.layout.state, ".pulumi", "stacks", "ml-platform", "dev-aws.json");
  const { latest } = (JSON.parse(readFileSync(file, "utf8")) as Checkpoint).checkpoint;
  return { resources: latest?.resources ?? [], pending: latest?.pending_operations ?? [] };
}

/** Ids in the cloud and in the state, of everything that the cloud keeps. */
async function compare(place: Place) {
  const cloud = await withClouds(place, (clouds) =>
    Promise.resolve(clouds.world.inventory("dev-aws").map(({ type, id }) => `${type} ${id}`)),
  );
  const state = checkpoint(place).resources.filter(
    ({ type, id }) => id !== undefined && !type.startsWith("pulumi:"),
  );
  return { cloud: cloud.sort(), state: state.map(({ type, id }) => `${type} ${id ?? ""}`).sort() };
}

/** The next run puts everything in order, and then a destroy leaves nothing. */
async function converges(place: Place): Promise<Ended> {
  const again = await run(place, "up,second up,refresh");
  expect(again.result?.phases.map(({ phase, ok, faults }) => ({ phase, ok, faults }))).to.deep.equal([
    { phase: "up", ok: true, faults: [] },
    { phase: "second up", ok: true, faults: [] },
    { phase: "refresh", ok: true, faults: [] },
  ]);
  const { cloud, state } = await compare(place);
  expect(state).to.deep.equal(cloud);
  expect(cloud).to.have.lengthOf(2 * buckets.length);
  expect(checkpoint(place).pending).to.deep.equal([]);
  const destroyed = await run(place, "destroy");
  expect(destroyed.result?.phases[0]).to.deep.include({ ok: true, faults: [] });
  expect(await compare(place)).to.deep.equal({ cloud: [], state: [] });
  return again;
}

describe("an up that is killed converges when it is run again", function () {
  this.timeout(120_000);
  let place: Place;

  beforeEach(async () => {
    place = await makePlace();
  });

  afterEach(() => place.remove());

  for (const k of [0, 1, 4]) {
    it(`killed after the cloud made the ${k + 1}. thing and before anyone heard of it`, async () => {
      const kill: Fault = { operation: "create", effect: { kind: "kill" }, after: k, times: 1 };
      const first = await run(place, "up", { faults: [kill] });
      expect(first.signal).to.equal("SIGKILL");
      expect(checkpoint(place).pending, "operations cut off").not.to.deep.equal([]);
      const again = await converges(place);
      const notes = again.events.flatMap((event) => (event.kind === "note" ? [event.text] : []));
      expect(notes.join("\n"))
        .to.match(/lock of process \d+.*released/)
        .and.match(/[1-9]\d* finished by the cloud/);
    });
  }

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

  it("a stack that was never killed needs no recovery", async () => {
    const { result, events } = await run(place, "preview,up,second up,refresh,destroy");
    expect(result === undefined ? false : held(result)).to.equal(true);
    expect(events.filter(({ kind }) => kind === "note")).to.deep.equal([]);
  });
});
