import type { Cluster } from "./cluster";
import type { StackConfig } from "./config";
import type { EncryptionKey } from "./encryption-key";
import type { ImageRegistry } from "./image-registry";
import type { Network } from "./network";
import { bucketNames } from "./object-storage/contract";
import type { ObjectStorage } from "./object-storage";
import type { WorkloadIdentity } from "./workload-identity";

interface Parts {
  readonly config: StackConfig;
  readonly key: EncryptionKey;
  readonly network: Network;
  readonly images: ImageRegistry;
  readonly storage: ObjectStorage;
  readonly cluster: Cluster;
  readonly identities: Readonly<Record<string, WorkloadIdentity>>;
}

/** What a stack tells the outside: the same names and types on every cloud. */
export function stackOutputs({ config, key, network, images, storage, cluster, identities }: Parts) {
  const { buckets } = storage.outputs;
  return {
    cloud: config.cloud,
    environment: config.environment,
    encryptionKeyId: key.outputs.keyId,
    networkId: network.outputs.networkId,
    networkCidr: network.outputs.cidr,
    publicSubnetIds: network.outputs.publicSubnetIds,
    privateSubnetIds: network.outputs.privateSubnetIds,
    dataSubnetIds: network.outputs.dataSubnetIds,
    egressIps: network.outputs.egressIps,
    firewallIds: network.outputs.firewallIds,
    imageRegistryAddress: images.outputs.address,
    imageRepositoryUrls: images.outputs.repositoryUrls,
    imageCiIdentityId: images.outputs.ciIdentityId,
    imageCiProviderId: images.outputs.ciProviderId,
    bucketNames: Object.fromEntries(bucketNames.map((bucket) => [bucket, buckets[bucket].name])),
    bucketUris: Object.fromEntries(bucketNames.map((bucket) => [bucket, buckets[bucket].uri])),
    clusterName: cluster.outputs.clusterName,
    clusterEndpoint: cluster.outputs.endpoint,
    kubernetesVersion: cluster.outputs.version,
    kubeconfig: cluster.outputs.kubeconfig,
    kubectlSetup: cluster.outputs.setupCommand,
    oidcIssuer: cluster.outputs.oidcIssuer,
    nodePools: cluster.outputs.pools.map(({ name }) => name),
    workloadIdentities: Object.fromEntries(
      Object.entries(identities).map(([name, { outputs }]) => [name, outputs.identityId]),
    ),
  };
}
