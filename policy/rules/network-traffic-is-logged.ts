import type { PolicyResource } from "@pulumi/policy";
import { type Check, property } from "../check";
import { companion } from "../companion";
import { is, isAtLeast, isSet } from "../condition";
import { listOf, textOf } from "../path";
import type { Rule } from "../rule";

/** Subnetworks of load balancer proxies cannot log; Google Cloud refuses `logConfig` on them. */
const proxyPurposes = ["REGIONAL_MANAGED_PROXY", "GLOBAL_MANAGED_PROXY"];

const subnetworkLog = property("logConfig", isSet, {
  control: "GCP-NET-02",
  fix: "Set logConfig with aggregationInterval, flowSampling and metadata.",
});

const whereMachinesRun = (check: Check): Check => ({
  ...check,
  findings: (subject) =>
    proxyPurposes.includes(textOf(subject.inputs["purpose"])) ? [] : check.findings(subject),
});

const firewallLog = property("logConfig", isSet, {
  control: "GCP-NET-05",
  fix: 'Set logConfig: { metadata: "INCLUDE_ALL_METADATA" }.',
});

/** Allows are logged; denies of everything would log each packet of every scan on the internet. */
const whereTrafficIsAllowed = (check: Check): Check => ({
  ...check,
  findings: (subject) => (listOf(subject.inputs["allows"]).length === 0 ? [] : check.findings(subject)),
});

export const networkTrafficIsLogged: Rule = {
  name: "network-traffic-is-logged",
  description: "Who talks to whom in the network is on record.",
  concern: "logging",
  resources: {
    "gcp:compute/subnetwork:Subnetwork": [whereMachinesRun(subnetworkLog)],
    "gcp:compute/firewall:Firewall": [whereTrafficIsAllowed(firewallLog)],
    "azure-native:network:FlowLog": [
      property("enabled", is(true), { control: "AZ-NET-04", fix: "Set enabled: true." }),
      property("retentionPolicy.enabled", is(true), {
        control: "AZ-NET-04",
        fix: "Set retentionPolicy: { enabled: true, days: 90 }.",
      }),
      property("retentionPolicy.days", isAtLeast(90, "days"), {
        control: "AZ-NET-04",
        fix: "Set retentionPolicy.days: 90.",
      }),
    ],
  },
  stack: [
    companion({
      on: "aws:ec2/vpc:Vpc",
      companion: "aws:ec2/flowLog:FlowLog",
      by: "vpcId",
      which: {
        allowed: 'with trafficType "ALL"',
        holds: (log: PolicyResource) => log.props["trafficType"] === "ALL",
      },
      control: "AWS-NET-01",
      fix: 'Add a FlowLog for the network with trafficType: "ALL".',
    }),
    companion({
      on: "azure-native:network:VirtualNetwork",
      companion: "azure-native:network:FlowLog",
      by: "targetResourceId",
      control: "AZ-NET-04",
      fix: "Add a FlowLog with the network as targetResourceId and 90 days of retention.",
    }),
  ],
};
