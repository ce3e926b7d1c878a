import { imageMistakes } from "./config-image-mistakes";
import { clusterMistakes } from "./config-cluster-mistakes";
import { partMistakes } from "./config-part-mistakes";
import { rawConfig } from "../support/targets";

/** A wrong config and what must be said about it. */
export interface Mistake {
  readonly name: string;
  readonly set: Readonly<Record<string, unknown>>;
  /** What the message must say. */
  readonly says: readonly string[];
  readonly stack?: string;
}

export const mistakes: readonly Mistake[] = [
  ...partMistakes,
  ...imageMistakes,
  ...clusterMistakes,
  { name: "no cloud", set: { cloud: undefined }, says: ["cloud is not set", "aws, gcp, azure", '"aws"'] },
  { name: "an unknown cloud", set: { cloud: "ibm" }, says: ['cloud is "ibm"', "aws, gcp, azure"] },
  { name: "a cloud in capitals", set: { cloud: "AWS" }, says: ['cloud is "AWS"', "aws, gcp, azure"] },
  {
    name: "a chosen cloud without settings",
    set: { aws: undefined },
    says: ["aws is not set", "because cloud is aws", "us-east-1"],
  },
  {
    name: "settings that are no object",
    set: { aws: "us-east-1" },
    says: ['aws is "us-east-1"', "an object with settings"],
  },
  {
    name: "an AWS zone for a region",
    set: { aws: { region: "us-east-1a" } },
    says: ["aws.region", '"us-east-1a"', "us-east-1"],
  },
  {
    name: "a Google Cloud region on AWS",
    set: { aws: { region: "us-central1" } },
    says: ["aws.region", '"us-central1"'],
  },
  {
    name: "an account id that is too short",
    set: { aws: { accountId: "1234" } },
    says: ["aws.accountId", "12 digits"],
  },
  {
    name: "an account id as a number",
    set: { aws: { accountId: 123456789012 } },
    says: ["aws.accountId is 123456789012", "a text"],
  },
  {
    name: "an unknown AWS setting",
    set: { aws: { regoin: "us-east-1" } },
    says: ["aws.regoin", "did you mean region"],
  },
  {
    name: "an AWS region on Google Cloud",
    set: { cloud: "gcp", gcp: { project: "acme-ml-dev", region: "us-east-1" } },
    says: ["gcp.region", '"us-east-1"', "us-central1"],
  },
  {
    name: "no Google Cloud project",
    set: { cloud: "gcp", gcp: { region: "us-central1" } },
    says: ["gcp.project is not set", "Google Cloud project", "acme-ml-dev"],
  },
  {
    name: "a project id in capitals",
    set: { cloud: "gcp", gcp: { project: "ACME" } },
    says: ["gcp.project", '"ACME"', "6 to 30"],
  },
  {
    name: "a wrong block of a cloud that is not chosen",
    set: { gcp: { project: "x" } },
    says: ["gcp.project", '"x"', "6 to 30"],
  },
  {
    name: "no subscription",
    set: { cloud: "azure", azure: { location: "eastus" } },
    says: ["azure.subscriptionId is not set", "Azure subscription"],
  },
  {
    name: "a subscription that is no UUID",
    set: { cloud: "azure", azure: { subscriptionId: "my-subscription" } },
    says: ["azure.subscriptionId", "UUID"],
  },
  {
    name: "an Azure location with spaces",
    set: { azure: { ...(rawConfig("azure")["azure"] as object), location: "East US" } },
    says: ["azure.location", '"East US"', "eastus"],
  },
  {
    name: "an Azure location without zones",
    set: { cloud: "azure", azure: { ...(rawConfig("azure")["azure"] as object), location: "westus" } },
    says: ["network.zones", "westus has none"],
  },
  {
    name: "more zones than the region has",
    set: { aws: { region: "us-west-1" }, network: { zones: 3 } },
    says: ["network.zones is 3", "at most 2 in us-west-1"],
  },
  {
    name: "an unknown environment",
    set: { environment: "production" },
    says: ['environment is "production"', "dev, staging, prod"],
  },
  {
    name: "no environment, and a stack name that gives none",
    set: {},
    stack: "main",
    says: ["environment is not set", '"main" does not'],
  },
  { name: "a project name that is too short", set: { project: "ml" }, says: ['project is "ml"', "3 to 20"] },
  {
    name: "a project name that is too long",
    set: { project: "a".repeat(21) },
    says: ["project is", "3 to 20"],
  },
  {
    name: "a project name that ends with a dash",
    set: { project: "ml-platform-" },
    says: ["project is", "not ending with a dash"],
  },
  {
    name: "a project name that starts with a digit",
    set: { project: "1ml-platform" },
    says: ["project is", "starting with a letter"],
  },
  { name: "a project name in capitals", set: { project: "ML-Platform" }, says: ["project is", "lower-case"] },
  { name: "a placeholder", set: { owner: "CHANGEME" }, says: ['owner is "CHANGEME"', "your own value"] },
  {
    name: "a placeholder deep inside",
    set: { gcp: { project: "CHANGEME-project" } },
    says: ["gcp.project", "your own value"],
  },
  { name: "an empty owner", set: { owner: "" }, says: ["owner is", "at least 1 characters"] },
  {
    name: "an empty cost center",
    set: { costCenter: "" },
    says: ["costCenter is", "at least 1 characters"],
  },
  { name: "tags that are a list", set: { tags: ["a"] }, says: ["tags is", "names and texts"] },
  { name: "a tag that is no text", set: { tags: { Team: 1 } }, says: ["tags.Team is 1", "a text"] },
  {
    name: "41 tags",
    set: { tags: Object.fromEntries(Array.from({ length: 41 }, (_, n) => [`k${n}`, "v"])) },
    says: ["tags is", "40 tags at most"],
  },
  {
    name: "a retention that is too short",
    set: { retentionDays: 29 },
    says: ["retentionDays is 29", "30 to 2555", "90"],
  },
  {
    name: "a retention that is too long",
    set: { retentionDays: 2556 },
    says: ["retentionDays is 2556", "30 to 2555"],
  },
  {
    name: "a retention in words",
    set: { retentionDays: "ninety" },
    says: ['retentionDays is "ninety"', "number"],
  },
  { name: "half a day", set: { retentionDays: 30.5 }, says: ["retentionDays is 30.5", "whole number"] },
];
