import { object, text, unknownValue, type Properties } from "../values";
import { entriesOf, sortedJson, type EksSettings } from "./eks-settings";
import { vpcCniConfiguration } from "./eks-vpc-cni";
import { Ref, type Monitor, type Registered } from "./monitor";

/** The cluster that a part belongs to. */
export interface Site {
  readonly monitor: Monitor;
  /** Name of the component. */
  readonly name: string;
  readonly component: Registered;
  readonly cluster: Registered;
}

/** Registers who may use the cluster, and with which rights. */
export async function accessEntries(
  { monitor, name, component, cluster }: Site,
  { inputs }: EksSettings,
): Promise<readonly Registered[]> {
  const clusterName = nameOf(cluster);
  const entries = entriesOf(inputs, "accessEntries").map(async ([key, entry]) => {
    const made = await monitor.child({
      type: "aws:eks/accessEntry:AccessEntry",
      name: `${name}-${key}`,
      parent: component,
      inputs: {
        clusterName,
        kubernetesGroups: entry["kubernetesGroups"],
        principalArn: entry["principalArn"],
        tags: entry["tags"],
        type: entry["type"],
        userName: entry["username"],
      },
      dependsOn: [cluster.urn],
    });
    const associations = entriesOf(entry, "accessPolicies").map(([policy, association]) =>
      monitor.child({
        type: "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
        name: `${name}-${key}-${policy}`,
        parent: made,
        inputs: {
          accessScope: association["accessScope"],
          clusterName,
          policyArn: association["policyArn"],
          principalArn: entry["principalArn"],
        },
        dependsOn: [made.urn],
      }),
    );
    await Promise.all(associations);
    return made;
  });
  return Promise.all(entries);
}

/** Registers one of the add-ons that every cluster has; `key` names the argument with its options. */
export async function addon(
  site: Site,
  settings: EksSettings,
  addonName: string,
  key: string,
): Promise<Registered> {
  const options = object(settings.inputs, key);
  return site.monitor.child({
    type: "aws:eks/addon:Addon",
    name: `${site.name}-${addonName}`,
    parent: site.component,
    inputs: {
      ...(await addonInputs(site, settings, addonName, options["version"], options)),
      configurationValues: sortedJson(options["configurationValues"]),
    },
  });
}

/** Registers the VPC network plugin as an add-on in a component of its own. */
export async function vpcCni(
  site: Site,
  settings: EksSettings,
  entries: readonly Registered[],
): Promise<Registered> {
  const { monitor } = site;
  const label = `${site.name}-vpc-cni`;
  const options = object(settings.inputs, "vpcCniOptions");
  const after = entries.map(({ urn }) => urn);
  const parent = await monitor.group("eks:index:VpcCniAddon", label, site.component, after);
  const made = await monitor.child({
    type: "aws:eks/addon:Addon",
    name: label,
    parent,
    inputs: {
      ...(await addonInputs(site, settings, "vpc-cni", options["addonVersion"], options)),
      configurationValues: vpcCniConfiguration(options),
      serviceAccountRoleArn: options["serviceAccountRoleArn"],
    },
    dependsOn: after,
  });
  await monitor.outputs(parent, { addon: monitor.reference(made) });
  return parent;
}

async function addonInputs(
  site: Site,
  { tags }: EksSettings,
  addonName: string,
  version: unknown,
  options: Properties,
): Promise<Readonly<Record<string, unknown>>> {
  return {
    addonName,
    addonVersion: version ?? (await newestVersion(site, addonName)),
    clusterName: nameOf(site.cluster),
    preserve: true,
    resolveConflictsOnCreate: options["resolveConflictsOnCreate"] ?? "OVERWRITE",
    resolveConflictsOnUpdate: options["resolveConflictsOnUpdate"] ?? "OVERWRITE",
    tags,
  };
}

async function newestVersion({ monitor, cluster }: Site, addonName: string): Promise<Ref> {
  const kubernetesVersion = text(cluster.state, "version");
  if (kubernetesVersion === undefined) return new Ref(unknownValue, [cluster]);
  const token = "aws:eks/getAddonVersion:getAddonVersion";
  const found = await monitor.invoke(token, { addonName, kubernetesVersion, mostRecent: true });
  return new Ref(found["version"], [cluster]);
}

function nameOf(cluster: Registered): Ref {
  return new Ref(text(cluster.state, "name") ?? unknownValue, [cluster]);
}
