import { isObject, isUnknown, object, unknownValue, type Properties } from "../values";
import { sortedJson } from "./eks-settings";

interface Variable {
  readonly name: string;
  /** The option that sets it. */
  readonly option: string;
  /** Its value when the option says nothing; left out when there is none. */
  readonly otherwise?: string;
}

/**
 * Environment of the VPC network plugin by option of `eks.Cluster`'s `vpcCniOptions`; of two options for one variable
 * the first that is given counts. Source: pulumi-eks 4.3 and its recorded registrations, 2026-11-21.
 */
const variables: readonly Variable[] = [
  { name: "AWS_VPC_CNI_NODE_PORT_SUPPORT", option: "nodePortSupport" },
  { name: "WARM_ENI_TARGET", option: "warmEniTarget", otherwise: "1" },
  { name: "WARM_IP_TARGET", option: "warmIpTarget" },
  { name: "WARM_PREFIX_TARGET", option: "warmPrefixTarget" },
  { name: "ENABLE_PREFIX_DELEGATION", option: "enablePrefixDelegation" },
  { name: "AWS_VPC_K8S_CNI_LOGLEVEL", option: "logLevel", otherwise: "DEBUG" },
  {
    name: "AWS_VPC_K8S_CNI_LOG_FILE",
    option: "logFile",
    otherwise: "/host/var/log/aws-routed-eni/ipamd.log",
  },
  { name: "AWS_VPC_K8S_CNI_VETHPREFIX", option: "vethPrefix", otherwise: "eni" },
  { name: "AWS_VPC_ENI_MTU", option: "eniMtu", otherwise: "9001" },
  { name: "ENI_CONFIG_LABEL_DEF", option: "eniConfigLabelDef" },
  { name: "AWS_VPC_K8S_PLUGIN_LOG_LEVEL", option: "pluginLogLevel", otherwise: "DEBUG" },
  {
    name: "AWS_VPC_K8S_PLUGIN_LOG_FILE",
    option: "pluginLogFile",
    otherwise: "/var/log/aws-routed-eni/plugin.log",
  },
  { name: "ENABLE_POD_ENI", option: "enablePodEni", otherwise: "false" },
  { name: "AWS_VPC_K8S_CNI_CONFIGURE_RPFILTER", option: "cniConfigureRpfilter" },
  { name: "AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG", option: "cniCustomNetworkCfg", otherwise: "false" },
  { name: "AWS_VPC_K8S_CNI_EXTERNALSNAT", option: "cniExternalSnat", otherwise: "false" },
  { name: "AWS_VPC_K8S_CNI_EXTERNALSNAT", option: "externalSnat" },
];

const initVariable: Variable = {
  name: "DISABLE_TCP_EARLY_DEMUX",
  option: "disableTcpEarlyDemux",
  otherwise: "false",
};

function valueOf({ option, otherwise }: Variable, options: Properties): string | undefined {
  const given = options[option];
  // The component tests for truth, so that false and 0 count as not given.
  return given === undefined || given === false || given === 0 ? otherwise : asText(given);
}

/** Environment values are texts; marks of unknown values stay what they are. */
const asText = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** The `configurationValues` of the vpc-cni add-on: JSON, or unknown where an option is. */
export function vpcCniConfiguration(options: Properties): string {
  const env: Record<string, string> = {};
  for (const variable of variables) {
    const value = valueOf(variable, options);
    if (value !== undefined) env[variable.name] = value;
  }
  const init = { env: { [initVariable.name]: valueOf(initVariable, options) } };
  const given = options["configurationValues"];
  if (isUnknown(given)) return unknownValue;
  const base: Properties = isObject(given) ? given : {};
  const policy = options["enableNetworkPolicy"];
  const merged = {
    ...(policy === undefined ? {} : { enableNetworkPolicy: asText(policy) }),
    ...base,
    env: { ...env, ...object(base, "env") },
    init: { ...object(base, "init"), env: { ...init.env, ...object(object(base, "init"), "env") } },
  };
  return sortedJson(merged) ?? unknownValue;
}
