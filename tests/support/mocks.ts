import { setTimeout } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { stateOf } from "./mock-state";

/** One resource as the program registered it. */
export interface Recorded {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
  /** URN of the provider, or an empty text for a component. */
  readonly provider: string;
  readonly custom: boolean;
}

/** What a program did under mocks. */
export interface Recording<T> {
  readonly result: T;
  readonly resources: readonly Recorded[];
}

export interface StackSettings {
  /** Config by full key, for example `ml-platform:cloud`. */
  readonly config?: Readonly<Record<string, string>>;
  readonly stack?: string;
  readonly preview?: boolean;
  /** Milliseconds that the registration of a resource takes, by its name; default none. */
  readonly delay?: (name: string) => number;
  /** Filled with what is registered, for a caller that expects the program to fail. */
  readonly resources?: Recorded[];
}

/**
 * Runs a program without an engine and waits until everything that it started is registered. Stack traces are cut while
 * it runs: Pulumi captures one for every promise, which is half of the time. What the program tells its user is left out:
 * without an engine it would end up among the test results.
 */
export async function record<T>(
  program: () => T | Promise<T>,
  settings: StackSettings = {},
): Promise<Recording<T>> {
  const { config = {}, stack = "dev", preview = false, resources = [], delay } = settings;
  await pulumi.runtime.setMocks(
    {
      newResource: async ({ type, name, inputs, provider = "", custom = false, id = "" }) => {
        if (delay !== undefined) await setTimeout(delay(name));
        resources.push({ type, name, inputs: plain(inputs) as Record<string, unknown>, provider, custom });
        return stateOf({ type, name, inputs: inputs as Record<string, unknown>, id });
      },
      call: ({ token }) => invokeResults[token] ?? {},
    },
    "ml-platform",
    stack,
    preview,
  );
  pulumi.runtime.setAllConfig({ ...config });
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  const print = console.log;
  console.log = (...line: unknown[]) => {
    if (!String(line[0]).startsWith("info: [runtime]")) print(...line);
  };
  try {
    const result = await program();
    await pulumi.runtime.disconnect();
    return { result, resources };
  } finally {
    Error.stackTraceLimit = limit;
    console.log = print;
  }
}

/** Inputs as data: a resource that is handed to another one is an object of the SDK, which no test compares. */
function plain(value: unknown): unknown {
  if (pulumi.Resource.isInstance(value)) return "a resource";
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
}

/** Answers of the clouds' look-ups that the program makes. */
const invokeResults: Readonly<Record<string, Record<string, unknown>>> = {
  "aws:index/getCallerIdentity:getCallerIdentity": {
    accountId: "123456789012",
    arn: "arn:aws:sts::123456789012:assumed-role/deployer/session",
  },
  "aws:iam/getSessionContext:getSessionContext": { issuerArn: "arn:aws:iam::123456789012:role/deployer" },
  "aws:index/getPartition:getPartition": { partition: "aws" },
  "gcp:organizations/getProject:getProject": { number: "1" },
  "gcp:storage/getProjectServiceAccount:getProjectServiceAccount": {
    emailAddress: "service-1@gs-project-accounts.iam.gserviceaccount.com",
  },
  "azure-native:authorization:getClientConfig": {
    tenantId: "22222222-2222-4222-8222-222222222222",
    objectId: "33333333-3333-4333-8333-333333333333",
  },
  "azure-native:containerservice:listManagedClusterUserCredentials": {
    kubeconfigs: [
      {
        name: "clusterUser",
        value: Buffer.from(
          JSON.stringify({ clusters: [{ cluster: { "certificate-authority-data": "Y2VydGlmaWNhdGU=" } }] }),
        ).toString("base64"),
      },
    ],
  },
};

/** Waits for an output, so that a test asserts on a value and never inside `apply`. */
export function valueOf<T>(output: pulumi.Input<T>): Promise<pulumi.Unwrap<T>> {
  return new Promise((resolve) => void pulumi.output(output).apply((value) => resolve(value)));
}

/**
 * Resources that a cloud would be asked for, and components that other packages make of some: no components of ours, no
 * providers.
 */
export function cloudResources({ resources }: Recording<unknown>): readonly Recorded[] {
  return resources.filter(({ type }) => !type.startsWith("pulumi:") && !type.startsWith("mlplatform:"));
}
