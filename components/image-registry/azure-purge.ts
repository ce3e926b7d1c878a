import * as containerregistry from "@pulumi/azure-native/containerregistry";
import * as pulumi from "@pulumi/pulumi";
import { agentPoolLocations } from "../catalog/agent-pools";
import type { DriverContext } from "../core/capability";
import type { ImageRegistryArgs } from "./contract";

/** Every night at three, UTC. */
const schedule = "0 3 * * *";

const timeoutSeconds = 3600;

/**
 * A nightly task that deletes all but the newest tagged images; what loses its tag goes by the registry's own retention
 * policy. Azure's shared machines cannot reach a private registry, so the task has one of its own inside the network.
 */
export function createPurge(
  { name, settings, tags, child }: DriverContext<"azure">,
  registry: containerregistry.Registry,
  resourceGroupName: pulumi.Output<string>,
  args: ImageRegistryArgs,
): void {
  const { location } = settings;
  if (!agentPoolLocations.has(location)) {
    const known = [...agentPoolLocations].join(", ");
    void pulumi.log.warn(
      `${name}: imageRegistry.keepImages deletes nothing in ${location}, where a registry's tasks cannot run inside a ` +
        `network; they can in ${known}`,
      child.parent,
    );
    return;
  }
  const pool = new containerregistry.AgentPool(
    `${name}-purge`,
    {
      agentPoolName: "purge",
      registryName: registry.name,
      resourceGroupName,
      location,
      os: "Linux",
      tier: "S1",
      count: 1,
      virtualNetworkSubnetResourceId: args.machineSubnetIds.apply(firstOf),
      tags,
    },
    child,
  );
  new containerregistry.Task(
    `${name}-purge`,
    {
      taskName: "purge-images",
      registryName: registry.name,
      resourceGroupName,
      location,
      agentPoolName: pool.name,
      platform: { os: "Linux", architecture: "amd64" },
      // The run logs in to its own registry with a token of the run.
      credentials: { sourceRegistry: { loginMode: "Default" } },
      step: { type: "EncodedTask", encodedTaskContent: Buffer.from(taskFile(args)).toString("base64") },
      trigger: { timerTriggers: [{ name: "nightly", schedule, status: "Enabled" }] },
      status: "Enabled",
      timeout: timeoutSeconds,
      tags,
    },
    child,
  );
}

/** `--ago 0d` makes every tag a candidate, of which the newest of each repository are kept. */
function taskFile({ repositories, keepImages }: ImageRegistryArgs): string {
  const filters = repositories.map((repository) => `--filter '${repository}:.*'`).join(" ");
  return [
    "version: v1.1.0",
    "steps:",
    `  - cmd: acr purge ${filters} --keep ${keepImages} --ago 0d`,
    "    disableWorkingDirectoryOverride: true",
    `    timeout: ${timeoutSeconds}`,
    "",
  ].join("\n");
}

function firstOf(subnetIds: readonly string[]): string {
  const [first] = subnetIds;
  if (first === undefined) throw new Error("an Azure registry's task needs a subnet for its machine");
  return first;
}
