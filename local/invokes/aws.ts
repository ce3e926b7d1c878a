import { CloudError } from "../cloud-error";
import { addonVersions } from "../catalog/eks-addons";
import { text } from "../values";
import type { Invoke, InvokeRequest } from "./index";

const zoneLetters = ["a", "b", "c", "d", "e", "f"];

/** How many zones a region has where it is not three. Source: AWS "Regions and Zones" guide, 2026-11-21. */
const zoneCounts: Readonly<Record<string, number>> = {
  "us-east-1": 6,
  "us-west-2": 4,
  "ap-northeast-2": 4,
  "us-west-1": 2,
};

/** Zones of a region, by name. */
export function zonesOf(region: string): readonly string[] {
  return zoneLetters.slice(0, zoneCounts[region] ?? 3).map((letter) => region + letter);
}

/** `us-east-1a` has the id `use1-az1`. */
export function zoneId(zone: string): string {
  const [area = "", direction = "", number = ""] = zone.slice(0, -1).split("-").slice(-3);
  const compass = direction.replace(/(north|south|east|west|central)/g, (word) => word.charAt(0));
  return `${area}${compass}${number}-az${zoneLetters.indexOf(zone.slice(-1)) + 1}`;
}

const regionOf = ({ inputs, scope }: InvokeRequest): string =>
  text(inputs, "region") ?? scope.facts["region"] ?? "";

export const aws: Readonly<Record<string, Invoke>> = {
  "aws:index/getCallerIdentity:getCallerIdentity": ({ scope }) => {
    const account = scope.facts["account"] ?? "";
    const arn = `arn:${scope.facts["partition"] ?? "aws"}:iam::${account}:user/local`;
    return { accountId: account, arn, id: account, userId: "AIDALOCALCLOUDSUSER00" };
  },
  // A session of a role leads back to the role; a user is itself.
  "aws:iam/getSessionContext:getSessionContext": ({ inputs }) => {
    const arn = text(inputs, "arn") ?? "";
    const [, partition, account, role, session] =
      /^arn:([^:]+):sts::(\d+):assumed-role\/([^/]+)\/(.+)$/.exec(arn) ?? [];
    if (role === undefined) {
      return { id: arn, arn, issuerArn: arn, issuerId: "", issuerName: "", sessionName: "" };
    }
    const issuerArn = `arn:${partition ?? "aws"}:iam::${account ?? ""}:role/${role}`;
    return { id: arn, arn, issuerArn, issuerId: "", issuerName: role, sessionName: session };
  },
  "aws:index/getPartition:getPartition": ({ scope }) => {
    const partition = scope.facts["partition"] ?? "aws";
    return {
      id: partition,
      partition,
      dnsSuffix: scope.facts["dnsSuffix"],
      reverseDnsPrefix: "com.amazonaws",
    };
  },
  "aws:index/getRegion:getRegion": (request) => {
    const region = regionOf(request);
    return { id: region, name: region, region, description: region, endpoint: `ec2.${region}.amazonaws.com` };
  },
  "aws:index/getAvailabilityZones:getAvailabilityZones": (request) => {
    const region = regionOf(request);
    const state = text(request.inputs, "state") ?? "available";
    if (!["available", "information", "impaired", "unavailable"].includes(state)) {
      throw new CloudError("InvalidParameterValue", `'${state}' is no zone state`);
    }
    const names = state === "available" ? zonesOf(region) : [];
    return {
      id: region,
      region,
      state,
      names,
      zoneIds: names.map(zoneId),
      groupNames: names.length > 0 ? [region] : [],
    };
  },
  "aws:eks/getAddonVersion:getAddonVersion": (request) => {
    const [name, minor] = [
      text(request.inputs, "addonName") ?? "",
      text(request.inputs, "kubernetesVersion"),
    ];
    const version = addonVersions(name, minor ?? "")?.[0];
    if (version === undefined) {
      throw new CloudError(
        "InvalidParameterException",
        `The addon ${name} is not offered for Kubernetes ${String(minor)}.`,
      );
    }
    const mostRecent = request.inputs["mostRecent"] ?? false;
    const region = regionOf(request);
    return { id: name, addonName: name, kubernetesVersion: minor, mostRecent, region, version };
  },
};
