import { awsMachine } from "../catalog/aws-machines";
import { number, objects, text, type Properties } from "../values";
import { keyOf, type World } from "../world";
import { securityGroup } from "./aws-firewall";
import { kmsKey } from "./aws-identity";
import { ec2Arn, inSubnet } from "./aws-network";
import { between, form, oneOf, refuseWhen } from "./checks";
import type { Check, RuleTable, Subject } from "./contract";

export const templateType = "aws:ec2/launchTemplate:LaunchTemplate";
const malformed = "InvalidLaunchTemplateData";

const instanceType: Check = function* (inputs) {
  const type = text(inputs, "instanceType");
  if (type !== undefined && awsMachine(type) === undefined)
    yield { property: "instanceType", reason: `InvalidParameterValue: Invalid instance type: ${type}` };
};

const encryptedWithKey = (inputs: Properties): boolean =>
  objects(inputs, "blockDeviceMappings").some((mapping) => {
    const ebs = (mapping["ebs"] ?? {}) as Properties;
    return ebs["kmsKeyId"] !== undefined && ebs["encrypted"] !== true && ebs["encrypted"] !== "true";
  });

const tagged = ["instance", "volume", "network-interface", "spot-instances-request", "elastic-gpu"];

/** Every change makes a new version; the one before stays. */
function versionOf(subject: Subject, world: World): number {
  const before = world.get(keyOf({ type: subject.type, scope: subject.scope.key, id: subject.id }));
  return (number(before?.outputs ?? {}, "latestVersion") ?? 0) + 1;
}

function defaultVersionOf(subject: Subject, world: World): unknown {
  const { inputs } = subject;
  return (
    inputs["defaultVersion"] ?? (inputs["updateDefaultVersion"] === true ? versionOf(subject, world) : 1)
  );
}

/** Launch templates. Source: Amazon EC2 API reference, CreateLaunchTemplate, 2026-11-21. */
export const awsLaunchTemplate: RuleTable = {
  [templateType]: {
    id: "lt-0{hex:16}",
    autoName: "name",
    checks: [
      form(
        "name",
        /^[a-zA-Z0-9().\-/_]{3,128}$/,
        "3 to 128 letters, digits or ().-/_",
        "InvalidLaunchTemplateName.MalformedException",
      ),
      form("description", /^[\s\S]{0,255}$/, "at most 255 characters", malformed),
      form("imageId", /^(ami-[0-9a-f]{8,17}|resolve:ssm:\S+)$/, "an image id", "InvalidAMIID.Malformed"),
      oneOf("metadataOptions.httpTokens", ["optional", "required"]),
      oneOf("metadataOptions.httpEndpoint", ["enabled", "disabled"]),
      oneOf("metadataOptions.instanceMetadataTags", ["enabled", "disabled"]),
      between("metadataOptions.httpPutResponseHopLimit", 1, 64),
      oneOf("blockDeviceMappings[].ebs.volumeType", ["standard", "io1", "io2", "gp2", "gp3", "sc1", "st1"]),
      between("blockDeviceMappings[].ebs.volumeSize", 1, 65_536),
      between("blockDeviceMappings[].ebs.iops", 100, 256_000),
      between("blockDeviceMappings[].ebs.throughput", 125, 2000),
      oneOf("tagSpecifications[].resourceType", tagged),
      form("userData", /^[A-Za-z0-9+/]*={0,2}$/, "base64", "InvalidUserData.Malformed"),
      refuseWhen(
        "blockDeviceMappings",
        encryptedWithKey,
        "InvalidParameterDependency: The parameter KmsKeyId requires the parameter Encrypted to be set.",
      ),
      refuseWhen(
        "networkInterfaces",
        (inputs) =>
          objects(inputs, "networkInterfaces").length > 0 && inputs["vpcSecurityGroupIds"] !== undefined,
        "InvalidParameterCombination: Network interfaces and an instance-level security groups may not be specified on the same request",
      ),
      instanceType,
    ],
    references: [
      securityGroup("vpcSecurityGroupIds[]"),
      securityGroup("networkInterfaces[].securityGroups[]"),
      inSubnet("networkInterfaces[].subnetId"),
      kmsKey("blockDeviceMappings[].ebs.kmsKeyId"),
    ],
    claims: [
      {
        key: "{account}/{region} {name}",
        code: "InvalidLaunchTemplateName.AlreadyExistsException",
        sentence: "Launch template name already in use: {name}",
      },
    ],
    replaceOn: ["name", "namePrefix"],
    outputs: {
      arn: ec2Arn("launch-template"),
      latestVersion: versionOf,
      defaultVersion: defaultVersionOf,
    },
  },
};
