import type { PolicyResource } from "@pulumi/policy";
import { property } from "../check";
import { companion } from "../companion";
import { is } from "../condition";
import { textOf } from "../path";
import type { Rule, StackCheck } from "../rule";

const vpc = "aws:ec2/vpc:Vpc";
const endpoint = "aws:ec2/vpcEndpoint:VpcEndpoint";

const serves = (service: string) => (candidate: PolicyResource) =>
  textOf(candidate.props["serviceName"]).endsWith(`.${service}`);

const endpointFor = (service: string, kind: "Gateway" | "Interface", when?: "prod"): StackCheck =>
  companion({
    on: vpc,
    companion: endpoint,
    by: "vpcId",
    which: { allowed: `for the service ${service}`, holds: serves(service) },
    control: "AWS-NET-10",
    ...(when === undefined ? {} : { when }),
    fix: `Add a VpcEndpoint of type ${kind} to the network, its serviceName ending in ${service}.`,
  });

/** Services that nodes call all the time; in production their traffic stays inside the network. */
const interfaceServices = ["ecr.api", "ecr.dkr", "sts", "logs", "secretsmanager"];

const privateEndpointFor = (on: string, control: "AZ-ST-05" | "AZ-KV-02" | "AZ-ACR-02"): StackCheck =>
  companion({
    on,
    companion: "azure-native:network:PrivateEndpoint",
    by: "privateLinkServiceConnections[].privateLinkServiceId",
    control,
    fix: "Add a PrivateEndpoint in the private-endpoint subnet that connects to it.",
  });

/** Purposes of subnetworks in which no machine of ours runs, so that none calls Google's services from there. */
const reserved = ["REGIONAL_MANAGED_PROXY", "GLOBAL_MANAGED_PROXY", "PRIVATE_SERVICE_CONNECT", "PRIVATE_NAT"];

const googleAccess = property("privateIpGoogleAccess", is(true), {
  control: "GCP-NET-03",
  fix: "Set privateIpGoogleAccess: true.",
});

export const servicesAreReachedPrivately: Rule = {
  name: "services-are-reached-privately",
  description: "Traffic to the cloud's own services does not cross the internet.",
  concern: "network",
  note: "Interface endpoints cost by the hour, so only production must have them; the S3 gateway endpoint is free.",
  resources: {
    "gcp:compute/subnetwork:Subnetwork": [
      {
        ...googleAccess,
        findings: (subject) =>
          reserved.includes(textOf(subject.inputs["purpose"])) ? [] : googleAccess.findings(subject),
      },
    ],
  },
  stack: [
    endpointFor("s3", "Gateway"),
    ...interfaceServices.map((service) => endpointFor(service, "Interface", "prod")),
    privateEndpointFor("azure-native:storage:StorageAccount", "AZ-ST-05"),
    privateEndpointFor("azure-native:keyvault:Vault", "AZ-KV-02"),
    privateEndpointFor("azure-native:containerregistry:Registry", "AZ-ACR-02"),
  ],
};
