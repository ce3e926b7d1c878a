/** What a cloud would add to a resource's inputs, as far as the program's own logic reads it. */
interface Created {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
  readonly id: string;
}

type State = Record<string, unknown>;

const special: Readonly<Record<string, (created: Created) => State>> = {
  "awsx:ec2:Vpc": ({ name }) => ({
    vpcId: `${name}-vpc`,
    publicSubnetIds: [`${name}-public-1`],
    privateSubnetIds: [`${name}-private-1`],
    isolatedSubnetIds: [`${name}-data-1`],
    routeTables: [],
    eips: [],
  }),
  "aws:ecr/repository:Repository": ({ name }) => ({
    repositoryUrl: `123456789012.dkr.ecr.us-east-1.amazonaws.com/${name}`,
  }),
  "gcp:artifactregistry/repository:Repository": () => ({ project: "ml-platform-test" }),
  "azure-native:containerregistry:Registry": ({ name }) => ({ loginServer: `${name}.azurecr.io` }),
  "eks:index:Cluster": ({ name, inputs }) => ({
    eksCluster: {
      name: inputs["name"],
      version: inputs["version"],
      endpoint: `https://${name}.eks.example`,
      certificateAuthority: { data: "Y2VydGlmaWNhdGU=" },
      vpcConfig: { clusterSecurityGroupId: `${name}-group` },
    },
    oidcIssuer: `oidc.eks.example/id/${name}`,
  }),
  "gcp:container/cluster:Cluster": ({ name, inputs }) => ({
    endpoint: "10.2.104.2",
    masterVersion: `${String(inputs["minMasterVersion"])}.6-gke.1`,
    masterAuth: { ...(inputs["masterAuth"] as object), clusterCaCertificate: "Y2VydGlmaWNhdGU=" },
    name: inputs["name"] ?? name,
  }),
  "azure-native:containerservice:ManagedCluster": ({ name, inputs }) => ({
    name: inputs["resourceName"],
    privateFQDN: `${name}.private.azmk8s.example`,
    fqdn: `${name}.azmk8s.example`,
    currentKubernetesVersion: `${String(inputs["kubernetesVersion"])}.6`,
    oidcIssuerProfile: { enabled: true, issuerURL: `https://oidc.aks.example/${name}/` },
  }),
  "azure-native:keyvault:Key": ({ name }) => ({
    keyUri: `https://${name}.vault.azure.net/keys/platform`,
    keyUriWithVersion: `https://${name}.vault.azure.net/keys/platform/1`,
  }),
  "azure-native:network:PublicIPAddress": () => ({ ipAddress: "203.0.113.7" }),
  "azure-native:managedidentity:UserAssignedIdentity": ({ name }) => ({
    principalId: `${name}-principal`,
    clientId: `${name}-client`,
  }),
};

/** Names that a resource is known by when its inputs give none. */
const nameProperties = ["name", "bucket", "arn", "selfLink", "email", "address", "result", "keyId"];

export function stateOf(created: Created): { id: string; state: State } {
  const { type, name, inputs, id } = created;
  const named = Object.fromEntries(nameProperties.map((property) => [property, `${name}-${property}`]));
  // Azure ids are paths, and what hangs below a resource is named by a longer one.
  const ownId = type.startsWith("azure-native:") ? `/${name}-id` : `${name}-id`;
  return { id: id === "" ? ownId : id, state: { ...named, ...inputs, ...special[type]?.(created) } };
}
