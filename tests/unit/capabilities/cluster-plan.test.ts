import { expect } from "chai";
import { planPools } from "../../../components/cluster/pools";
import { agentPoolName } from "../../../components/cluster/azure-nodes";
import { parseConfig } from "../../../components/config";
import { clouds, environments } from "../../../components/core/cloud";
import { childrenOf } from "../../support/shape";
import { cloudResources, record } from "../../support/mocks";
import { platform } from "../../support/program";
import { rawConfig, stackConfig } from "../../support/targets";

const poolType = /:(ManagedNodeGroup|NodePool|AgentPool)$/;

const plan = (cloud: "aws" | "gcp" | "azure", stack: string, gpu: object = {}) =>
  planPools(parseConfig(rawConfig(cloud, { gpu }), stack).config);

describe("the pools of a cluster", () => {
  for (const environment of environments) {
    it(`are the same on every cloud in ${environment}, but for their machines`, () => {
      const plans = clouds.map((cloud) =>
        plan(cloud, environment, { enabled: true }).map((pool) => ({ ...pool, machine: undefined })),
      );
      for (const other of plans) expect(other).to.deep.equal(plans[0]);
    });
  }

  it("are sized by the environment, on spot machines in dev only", () => {
    const spans = (stack: string) =>
      plan("aws", stack).map(({ name, min, max, capacity }) => [name, min, max, capacity]);
    expect(spans("dev")).to.deep.equal([
      ["general", 2, 5, "spot"],
      ["training", 0, 5, "spot"],
      ["inference", 1, 20, "spot"],
    ]);
    expect(spans("prod")).to.deep.equal([
      ["general", 5, 20, "on-demand"],
      ["training", 0, 5, "on-demand"],
      ["inference", 1, 20, "on-demand"],
    ]);
  });

  it("with GPUs keep away what asks for none, and can go to zero", () => {
    for (const cloud of clouds) {
      const pools = plan(cloud, "prod", { enabled: true });
      for (const { name, min, taints, machine } of pools) {
        const isGpu = name === "training" || name === "gpu";
        expect("gpus" in machine).to.equal(isGpu);
        expect(taints).to.deep.equal(isGpu ? [{ key: "nvidia.com/gpu", value: "true" }] : []);
        if (isGpu) expect(min).to.equal(0);
      }
    }
  });

  it("are one for each way to get machines, the preferred one under the plain name", () => {
    const pools = plan("gcp", "prod", {
      enabled: true,
      min: 1,
      type: "l4",
      count: 2,
      capacity: ["reservation", "flexible-start", "spot"],
    }).filter(({ labels }) => labels["workload"] === "gpu");
    expect(pools.map(({ name, min, max, capacity }) => [name, min, max, capacity])).to.deep.equal([
      ["gpu", 1, 3, "reservation"],
      ["gpu-flexible-start", 0, 3, "flexible-start"],
      ["gpu-spot", 0, 3, "spot"],
    ]);
    for (const { machine } of pools) expect(machine.type).to.equal("g2-standard-24");
  });

  it("have names that AKS takes, and all different", () => {
    const pools = plan("azure", "prod", { enabled: true, capacity: ["on-demand", "spot"] });
    const swapped = plan("azure", "prod", { enabled: true, capacity: ["spot", "on-demand"] });
    for (const list of [pools, swapped]) {
      const names = list.map(agentPoolName);
      for (const name of names) expect(name).to.match(/^[a-z][a-z0-9]{0,11}$/);
      expect(new Set([...names, "system"]).size).to.equal(names.length + 1);
    }
  });

  it("carry the same labels and taints on the clouds, with the mark that AKS puts on spot nodes", async () => {
    const mark = "kubernetes.azure.com/scalesetpriority";
    for (const environment of environments) {
      const expected = plan("aws", environment);
      const [aws, gcp, azure] = await Promise.all(
        clouds.map(async (cloud) => {
          const pools = (await childrenOf("cluster", cloud, environment)).filter(({ type }) =>
            poolType.test(type),
          );
          return new Map(pools.map(({ name, inputs }) => [name, inputs]));
        }),
      );
      for (const { name, labels, taints, capacity } of expected) {
        const ready = taints.map((taint) => ({ ...taint, effect: "NO_SCHEDULE" }));
        const common = { labels, taints: ready };
        expect(aws?.get(`cluster-${name}`)).to.deep.include(common);
        expect(gcp?.get(`cluster-${name}`)?.["nodeConfig"]).to.deep.include(common);
        const marks = capacity === "spot" ? [{ key: mark, value: "spot" }] : [];
        const agentPool = azure?.get(`cluster-${name}`);
        expect(agentPool?.["nodeLabels"]).to.deep.equal({
          ...labels,
          ...Object.fromEntries(marks.map(({ key, value }) => [key, value])),
        });
        expect(agentPool?.["nodeTaints"]).to.deep.equal(
          [...taints, ...marks].map(({ key, value }) => `${key}=${value}:NoSchedule`),
        );
      }
    }
  });

  it("are made for every type and count that a cloud offers", async () => {
    const gpu = { enabled: true, type: "h100", count: 8, capacity: ["on-demand"] };
    const machines = clouds.map((cloud) => plan(cloud, "prod", gpu).at(-1)?.machine.type);
    expect(machines).to.deep.equal(["p5.48xlarge", "a3-highgpu-8g", "Standard_ND96isr_H100_v5"]);
    const built = await record(platform, { config: stackConfig("gcp", { gpu }), stack: "prod" });
    const pool = cloudResources(built).find(({ name }) => name === "cluster-gpu");
    expect((pool?.inputs["nodeConfig"] as Record<string, unknown>)["guestAccelerators"]).to.deep.equal([
      {
        type: "nvidia-h100-80gb",
        count: 8,
        gpuDriverInstallationConfig: { gpuDriverVersion: "DEFAULT" },
      },
    ]);
  });
});
