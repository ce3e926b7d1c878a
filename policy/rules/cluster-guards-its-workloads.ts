import { property } from "../check";
import { is, isNot } from "../condition";
import { googleCluster, managedCluster } from "../node-pools";
import type { Rule } from "../rule";

const addon = (name: string) => `addonProfiles.${name}.enabled`;

export const clusterGuardsItsWorkloads: Rule = {
  name: "cluster-guards-its-workloads",
  description:
    "What enters a cluster is checked at its door, its secrets rotate, and no add-on opens a way around.",
  concern: "governance",
  note: "EKS has neither of these add-ons; the rules on workloads hold there.",
  resources: {
    [googleCluster]: [
      property("binaryAuthorization.evaluationMode", is("PROJECT_SINGLETON_POLICY_ENFORCE"), {
        control: "GCP-GKE-10",
        when: "prod",
        fix: 'Set binaryAuthorization.evaluationMode: "PROJECT_SINGLETON_POLICY_ENFORCE".',
      }),
    ],
    [managedCluster]: [
      property(addon("azurepolicy"), is(true), {
        control: "AZ-AKS-04",
        fix: "Set addonProfiles.azurepolicy.enabled: true.",
      }),
      ...["kubeDashboard", "httpApplicationRouting"].map((name) =>
        property(addon(name), isNot(true), {
          control: "AZ-AKS-04",
          fix: `Remove the add-on ${name} from addonProfiles.`,
        }),
      ),
      property(addon("azureKeyvaultSecretsProvider"), is(true), {
        control: "AZ-AKS-10",
        fix: "Set addonProfiles.azureKeyvaultSecretsProvider.enabled: true.",
      }),
      property("addonProfiles.azureKeyvaultSecretsProvider.config.enableSecretRotation", is("true"), {
        control: "AZ-AKS-10",
        fix: 'Set config.enableSecretRotation: "true" (a text) on the add-on azureKeyvaultSecretsProvider.',
      }),
    ],
  },
};
