// Takes the stand-in program through phases in a process of its own, with its local clouds, so that a test can kill
// all of it. After each phase it tells what the cloud holds and what the state holds.
// Arguments: the place's directory, and the phases separated by commas.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type LocalLayout, prepareLayout } from "../../../cli/local-layout";
import { localView } from "../../../cli/rehearsal/local-view";
import type { Phase } from "../../../cli/rehearsal/report";
import { runStack } from "../../../cli/rehearsal/run-stack";
import { startLocalClouds, type World } from "../../../local/index";
import program from "./stand-in";

interface Checkpoint {
  readonly checkpoint: {
    readonly latest?: {
      readonly resources?: readonly { readonly type: string; readonly id?: string }[];
      readonly pending_operations?: readonly unknown[];
    };
  };
}

/** Ids of everything that the cloud keeps, as the cloud and as the state know them. */
function holdings(layout: LocalLayout, world: World) {
  const { resources = [], pending_operations: pending = [] } = readCheckpoint(layout);
  const kept = resources.filter(({ type, id }) => id !== undefined && !type.startsWith("pulumi:"));
  return {
    cloud: world
      .inventory("dev-aws")
      .map(({ type, id }) => `${type} ${id}`)
      .sort(),
    state: kept.map(({ type, id }) => `${type} ${id ?? ""}`).sort(),
    pending: pending.length,
  };
}

function readCheckpoint(layout: LocalLayout) {
  const file = join(layout.state, ".pulumi", "stacks", "ml-platform", "dev-aws.json");
  return (JSON.parse(readFileSync(file, "utf8")) as Checkpoint).checkpoint.latest ?? {};
}

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

async function main([root = "", phases = ""]: readonly string[]): Promise<void> {
  const layout = await prepareLayout(root);
  const clouds = await startLocalClouds({ worldDir: layout.world });
  const result = await runStack({
    stack: "dev-aws",
    program,
    config: {},
    phases: phases.split(",") as Phase[],
    policyPacks: [],
    layout,
    env: clouds.env,
    cloud: localView(clouds.world),
    signal: new AbortController().signal,
    tell: (event) => {
      print(event);
      if (event.kind === "phase-end")
        print({ kind: "holdings", phase: event.result.phase, ...holdings(layout, clouds.world) });
    },
  });
  print({ kind: "result", result });
  await clouds.stop();
}

// A fault that kills this process stands for a machine that dies: the engine, of the same group, dies in the same
// instant and cannot take note that its provider is gone.
const kill = process.kill.bind(process);
process.kill = (pid, signal) => kill(pid === process.pid && signal === "SIGKILL" ? 0 : pid, signal);

void main(process.argv.slice(2));
