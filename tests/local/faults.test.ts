import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect } from "chai";
import { commonFaults, Faults, faultsFromEnvironment, faultsVariable } from "../../local/faults";
import { pendingCreates } from "../../local/pending";
import { packages } from "../../local/schema";
import { World } from "../../local/world";
import { refusal, TestCloud } from "./cloud";

const vpcType = "aws:ec2/vpc:Vpc";
const vpc = { cidrBlock: "10.0.0.0/16" };

describe("faults of the local clouds", () => {
  let cloud: TestCloud;
  beforeEach(() => {
    cloud = new TestCloud("aws", { region: "us-east-1" });
  });
  afterEach(() => cloud.close());

  it("fail the asked number of steps, after those that are to pass, and make nothing", async () => {
    cloud.faults.add({
      operation: "create",
      type: vpcType,
      effect: commonFaults.throttled,
      after: 1,
      times: 2,
    });
    await cloud.create(vpcType, "first", vpc);
    for (let i = 0; i < 2; i++) {
      expect(await refusal(() => cloud.create(vpcType, "second", vpc))).to.equal(
        "creating Vpc (second): ThrottlingException: Rate exceeded",
      );
    }
    await cloud.create(vpcType, "second", vpc);
    expect(cloud.world.inventory()).to.have.length(2);
  });

  it("hit by name, operation and type alone", async () => {
    cloud.faults.add({ operation: "delete", name: "net", effect: commonFaults.unavailable });
    const net = await cloud.create(vpcType, "net", vpc);
    await cloud.delete(await cloud.create(vpcType, "other", vpc));
    expect(await refusal(() => cloud.delete(net))).to.match(/deleting Vpc \(net\): 503 Service Unavailable/);
    cloud.faults.clear();
    await cloud.delete(net);
  });

  it("lose the answer after the work was done", async () => {
    cloud.faults.add({
      operation: "create",
      effect: { kind: "fail", code: "RequestTimeout", message: "no answer", when: "after" },
    });
    expect(await refusal(() => cloud.create(vpcType, "net", vpc))).to.match(/RequestTimeout/);
    expect(cloud.world.inventory()).to.have.length(1);
  });

  it("stall a step until it is released", async () => {
    cloud.faults.add({ operation: "create", effect: { kind: "stall" }, times: 1 });
    let done = false;
    const creation = cloud.create(vpcType, "net", vpc).then(() => (done = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(done).to.equal(false);
    cloud.faults.release();
    expect(await creation).to.equal(true);
  });

  it("kill the process after the cloud knows and before anyone hears of it; the id can be found again", () => {
    const child = spawnSync(
      process.execPath,
      ["--import", "tsx", join(__dirname, "fixtures", "killed-create.ts"), cloud.folder],
      {
        env: {
          ...process.env,
          [faultsVariable]: JSON.stringify([
            { operation: "create", name: "second", effect: { kind: "kill" } },
          ]),
        },
        encoding: "utf8",
      },
    );
    expect(child.signal, child.stderr).to.equal("SIGKILL");
    const world = World.open(cloud.folder, packages);
    const made = world.inventory();
    expect(made.map(({ urn }) => urn.split("::").at(-1))).to.deep.equal(["first", "second"]);

    const checkpoint = (urn: string) => ({ resource: { urn, type: vpcType }, type: "creating" });
    const [first, second] = made;
    const exported = {
      deployment: {
        resources: [{ urn: first!.urn, type: vpcType, id: first!.id }],
        pending_operations: [
          checkpoint(second!.urn),
          checkpoint("urn:pulumi:test::local::aws:ec2/vpc:Vpc::third"),
        ],
      },
    };
    expect(pendingCreates(world, exported).map(({ id }) => id)).to.deep.equal([second!.id, undefined]);
    world.close();
  });

  it("are read from the environment, or refused with an example", () => {
    expect(faultsFromEnvironment(undefined)).to.deep.equal([]);
    expect(
      new Faults(faultsFromEnvironment('[{"operation":"read","effect":{"kind":"kill"}}]')).hit({
        operation: "read",
        type: "t",
        name: "n",
      }),
    ).to.have.length(1);
    expect(() => faultsFromEnvironment("kill")).to.throw(
      /MLP_LOCAL_FAULTS is "kill"; it must be a JSON array of faults, for example \[/,
    );
  });
});
