import { readdirSync, readFileSync } from "node:fs";
import { homedir, hostname } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { repositoryRoot } from "../../cli/local-layout";
import { localView } from "../../cli/rehearsal/local-view";
import { environmentConfig } from "../../cli/rehearsal/open-stack";
import { held, phases, type Phase, type StackEvent, type StackResult } from "../../cli/rehearsal/report";
import { logPath } from "../../cli/rehearsal/run-stack";
import { startWorker } from "../../cli/rehearsal/start-worker";
import { clouds } from "../../components/core/cloud";
import type { Fault, LocalClouds } from "../../local/index";
import { makePlace, type Place, withClouds } from "./support/rehearsal";
import { canary } from "./support/stand-in";

const standIn = join(__dirname, "support", "stand-in.ts");
const platform = join(repositoryRoot, "index.ts");

interface RunOptions {
  readonly program: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly phases: readonly Phase[];
  readonly policyPacks?: readonly string[];
}

interface Ran {
  readonly result: StackResult;
  readonly events: readonly StackEvent[];
}

/** Takes one stack through phases the way `rehearse` does. */
async function rehearse(place: Place, local: LocalClouds, stack: string, options: RunOptions): Promise<Ran> {
  const events: StackEvent[] = [];
  const { program, config, phases: wanted, policyPacks = [] } = options;
  const assignment = {
    stack,
    programModule: program,
    config,
    phases: wanted,
    policyPacks,
    layout: place.layout,
    env: local.env,
  };
  const worker = startWorker(assignment, localView(local.world), (event) => events.push(event));
  return { result: await worker.result, events };
}

/** Every file below a directory, except what the engine keeps of the hosts. */
function textsBelow(directory: string): { readonly file: string; readonly text: string }[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ file: file.slice(directory.length), text: readFileSync(file, "utf8") }));
}

describe("a stack's life on the local clouds", function () {
  this.timeout(180_000);
  let place: Place;

  beforeEach(async () => {
    place = await makePlace();
  });

  afterEach(() => place.remove());

  it("dev on every cloud, side by side: preview with policies, up, second up, refresh, destroy", async () => {
    const policyPacks = [join(repositoryRoot, "policy")];
    const ran = await withClouds(place, (local) =>
      Promise.all(
        clouds.map(async (cloud) => {
          const { config } = await environmentConfig("dev", cloud);
          return await rehearse(place, local, `dev-${cloud}`, {
            program: platform,
            config,
            phases,
            policyPacks,
          });
        }),
      ),
    );
    const failed = ran.flatMap(({ result }, index) =>
      result.phases.flatMap(({ phase, faults }) =>
        faults.map(({ resource, reason }) => `${clouds[index] ?? ""} ${phase} ${resource}: ${reason}`),
      ),
    );
    expect(failed).to.deep.equal([]);
    expect(ran.map(({ result }) => held(result))).to.deep.equal([true, true, true]);
    for (const { result } of ran) expect(result.resources).to.be.greaterThan(40);
    const logs = textsBelow(place.layout.logs);
    expect(logs).to.have.lengthOf(clouds.length);
    for (const machine of [repositoryRoot, homedir(), hostname(), place.layout.passphrase]) {
      if (machine.length < 4) continue;
      expect(
        logs.filter(({ text }) => text.includes(machine)).map(({ file }) => file),
        machine,
      ).to.deep.equal([]);
    }
  });

  it("a secret and this machine's paths stand nowhere in state, logs or events", async () => {
    await withClouds(place, async (local) => {
      const { result, events } = await rehearse(place, local, "dev-aws", {
        program: standIn,
        config: {},
        phases: ["preview", "up", "refresh"],
      });
      expect(result.phases.map(({ ok }) => ok)).to.deep.equal([true, true, true]);
      const places = [...textsBelow(place.layout.state), ...textsBelow(place.layout.logs)];
      expect(places.length).to.be.greaterThan(2);
      const texts = [...places, { file: "events", text: JSON.stringify(events) }];
      for (const hidden of [canary, place.layout.passphrase, repositoryRoot, place.root]) {
        expect(
          texts.filter(({ text }) => text.includes(hidden)).map(({ file }) => file),
          hidden,
        ).to.deep.equal([]);
      }
    });
  });

  it("a refusal of one cloud names the resource and the reason, stops no other stack, and the next run goes on", async () => {
    const refused: Fault = {
      operation: "create",
      type: "aws:s3/bucket:Bucket",
      name: "storage-models",
      effect: { kind: "fail", code: "AccessDenied", message: "not authorized to perform s3:CreateBucket" },
      times: 1,
    };
    await withClouds(place, async (local) => {
      local.faults.add(refused);
      const options = { program: standIn, config: {}, phases: ["up"] as const };
      const [one, other] = await Promise.all([
        rehearse(place, local, "dev-aws", options),
        rehearse(place, local, "dev-gcp", options),
      ]);
      const outcomes = [one, other].map(({ result }) => result.phases[0]!);
      const failed = outcomes.filter(({ ok }) => !ok);
      expect(failed).to.have.lengthOf(1);
      expect(failed[0]!.faults[0]).to.include({ resource: "storage-models", type: "aws:s3/bucket:Bucket" });
      expect(failed[0]!.faults[0]!.reason)
        .to.contain("not authorized to perform s3:CreateBucket")
        .and.not.contain("\n");
      const again = await rehearse(place, local, outcomes[0]!.ok ? "dev-gcp" : "dev-aws", {
        ...options,
        phases: ["up", "second up", "destroy"],
      });
      expect(again.result.phases.map(({ phase, faults }) => ({ phase, faults }))).to.deep.equal([
        { phase: "up", faults: [] },
        { phase: "second up", faults: [] },
        { phase: "destroy", faults: [] },
      ]);
      expect(local.world.inventory(outcomes[0]!.ok ? "dev-gcp" : "dev-aws")).to.deep.equal([]);
    });
  });

  it("drift in the cloud is found and named", async () => {
    await withClouds(place, async (local) => {
      const options = { program: standIn, config: {}, phases: ["up"] as const };
      await rehearse(place, local, "dev-aws", options);
      const bucket = local.world
        .inventory("dev-aws")
        .find(({ urn }) => urn.endsWith("Bucket::storage-data"))!;
      local.world.put({
        ...bucket,
        inputs: { ...bucket.inputs, tags: {} },
        outputs: { ...bucket.outputs, tags: {} },
      });
      const { result } = await rehearse(place, local, "dev-aws", { ...options, phases: ["refresh"] });
      expect(result.phases[0]!.ok).to.equal(false);
      expect(result.phases[0]!.faults[0]).to.include({
        resource: "storage-data",
        type: "aws:s3/bucket:Bucket",
      });
      expect(result.phases[0]!.faults[0]!.reason).to.contain("tags");
    });
  });

  it("the log holds everything that the engine printed", async () => {
    await withClouds(place, async (local) => {
      await rehearse(place, local, "dev-aws", { program: standIn, config: {}, phases: ["preview"] });
      const log = readFileSync(logPath(place.layout, "dev-aws"), "utf8");
      expect(log).to.contain("== dev-aws: preview ==").and.contain("storage-data");
    });
  });
});
