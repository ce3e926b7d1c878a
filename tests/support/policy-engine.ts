import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import * as automation from "@pulumi/pulumi/automation";
import { ensureEngine } from "../../engine";
import { preparePulumiHome } from "../../engine/home";
import { streamReporter } from "../../engine/report";
import { type LocalClouds, startLocalClouds } from "../../local";

/** A pack of the repository, and settings for its rules. */
export interface Pack {
  readonly path: string;
  readonly config?: string;
}

/** What a run of the engine ended with. */
export interface Outcome {
  readonly succeeded: boolean;
  /** Everything that the engine printed. */
  readonly output: string;
}

/** A stack on local clouds of its own. */
export interface PolicyStack {
  readonly world: LocalClouds["world"];
  preview(pack: Pack): Promise<Outcome>;
  up(pack: Pack): Promise<Outcome>;
  close(): Promise<void>;
}

/** Opens an empty stack `dev` with a program; the caller closes it. */
export async function openPolicyStack(program: automation.PulumiFn): Promise<PolicyStack> {
  const directory = await mkdtemp(join(tmpdir(), "policy-"));
  const engine = await ensureEngine({ report: streamReporter() });
  const home = join(directory, "home");
  await preparePulumiHome(home, ["policy"]);
  const clouds = await startLocalClouds({ worldDir: join(directory, "world") });
  const pulumiCommand = await automation.PulumiCommand.get({
    root: dirname(dirname(engine.path)),
    skipVersionCheck: true,
  });
  const stack = await automation.LocalWorkspace.createStack(
    { stackName: "dev", projectName: "ml-platform", program },
    {
      pulumiCommand,
      pulumiHome: home,
      envVars: {
        ...engine.env,
        ...clouds.env,
        PULUMI_BACKEND_URL: `file://${directory}`,
        PULUMI_CONFIG_PASSPHRASE: "test",
      },
    },
  );
  return {
    world: clouds.world,
    preview: (pack) => outcomeOf((options) => stack.preview(options), pack),
    up: (pack) => outcomeOf((options) => stack.up(options), pack),
    close: async () => {
      await clouds.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

interface RunOptions {
  readonly policyPacks: string[];
  readonly policyPackConfigs?: string[];
  readonly onOutput: (text: string) => void;
}

async function outcomeOf(run: (options: RunOptions) => Promise<unknown>, pack: Pack): Promise<Outcome> {
  let output = "";
  const options: RunOptions = {
    policyPacks: [pack.path],
    ...(pack.config === undefined ? {} : { policyPackConfigs: [pack.config] }),
    onOutput: (text) => (output += text),
  };
  try {
    await run(options);
    return { succeeded: true, output };
  } catch (error) {
    if (!(error instanceof automation.CommandError)) throw error;
    return { succeeded: false, output: output + error.message };
  }
}
