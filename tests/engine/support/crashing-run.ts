// One `up` of the stand-in program in a process of its own, with its local clouds, so that a test can kill all of it.
// Arguments: the place's directory, and the phases separated by commas.
import { prepareLayout } from "../../../cli/local-layout";
import { localView } from "../../../cli/rehearsal/local-view";
import type { Phase } from "../../../cli/rehearsal/report";
import { runStack } from "../../../cli/rehearsal/run-stack";
import { startLocalClouds } from "../../../local/index";
import program from "./stand-in";

async function main([root = "", phases = ""]: readonly string[]): Promise<void> {
  const layout = await prepareLayout(root);
  const clouds = await startLocalClouds({ worldDir: layout.world });
  const result = await runStack({
    stack: "dev-aws",
    program,
    config: { "ml-platform:password": "canary-value" },
    phases: phases.split(",") as Phase[],
    policyPacks: [],
    layout,
    env: clouds.env,
    cloud: localView(clouds.world),
    signal: new AbortController().signal,
    tell: (event) => process.stdout.write(`${JSON.stringify(event)}\n`),
  });
  process.stdout.write(`${JSON.stringify({ kind: "result", result })}\n`);
  await clouds.stop();
}

void main(process.argv.slice(2));
