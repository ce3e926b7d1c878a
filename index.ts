import { loadConfig } from "./components/config";
import { Cluster } from "./components/cluster";
import { planPools } from "./components/cluster/pools";
import { DeletionLock } from "./components/deletion-lock";
import { EncryptionKey } from "./components/encryption-key";
import { ImageRegistry } from "./components/image-registry";
import { Network } from "./components/network";
import { ObjectStorage } from "./components/object-storage";
import { stackOutputs } from "./components/outputs";
import { openPlatform } from "./components/platform";
import { teamIdentities } from "./components/teams";
import { WorkloadIdentity } from "./components/workload-identity";

/** The platform: every capability in the order in which they need each other. What it returns are the stack's outputs. */
// eslint-disable-next-line @typescript-eslint/require-await -- the Pulumi CLI, the local clouds and the tests await it
export default async function platform() {
  const config = loadConfig();
  const stack = openPlatform(config);

  const key = new EncryptionKey("encryption-key", stack, config.encryptionKey);
  const network = new Network("network", stack, { ...config.network, key: key.outputs });
  const images = new ImageRegistry("image-registry", stack, {
    ...config.imageRegistry,
    key: key.outputs,
    privateLink: network.outputs.privateLink,
    machineSubnetIds: network.outputs.privateSubnetIds,
  });
  const storage = new ObjectStorage("storage", stack, {
    retentionDays: config.retentionDays,
    key: key.outputs,
    privateLink: network.outputs.privateLink,
    logSources: [...key.outputs.logSources, ...network.outputs.logSources, ...images.outputs.logSources],
  });

  const cluster = new Cluster("cluster", stack, {
    ...config.kubernetes,
    pools: planPools(config),
    zones: config.network.zones,
    network: network.outputs,
    key: key.outputs,
  });

  const training = new WorkloadIdentity("training", stack, {
    description: "Training jobs: read training data, write models, pull their image",
    grants: [
      images.grant("read"),
      storage.grant("data", "training-data/", "read"),
      storage.grant("models", "models/", "write"),
    ],
    cluster: cluster.outputs,
    serviceAccounts: [{ namespace: "ml-platform", name: "training" }],
  });
  const serving = new WorkloadIdentity("serving", stack, {
    description: "Model services: read models",
    grants: [storage.grant("models", "models/", "read")],
    cluster: cluster.outputs,
    serviceAccounts: [{ namespace: "ml-platform", name: "serving" }],
  });
  const teams = teamIdentities(stack, storage, cluster.outputs, config.teams);

  new DeletionLock("deletion-lock", stack, {
    targets: [key, network, images, storage].flatMap(({ outputs }) => outputs.lockTargets),
    after: [key, network, images, storage, cluster, training, serving, ...Object.values(teams)],
  });

  return stackOutputs({
    config,
    key,
    network,
    images,
    storage,
    cluster,
    identities: { training, serving, ...teams },
  });
}
