import { ConstructRequest, type ConstructResponse } from "@pulumi/pulumi/proto/provider_pb";
import type { Properties } from "../../local/values";
import { fromStruct, toStruct } from "../../local/wire";
import { FakeMonitor, type Registration } from "./monitor";

/** What a construction registered, and what it answered. */
export interface Outcome {
  readonly monitor: FakeMonitor;
  readonly state: Properties;
  readonly urn: string;
}

/** A reference to a resource, as the engine sends it. */
export const reference = (urn: string, id = ""): Properties => ({
  "4dabf18193072939515e22adb298388d": "5cf8f73096256a8f31e491e813e4eb8e",
  urn,
  id,
});

/** Constructs the component `c` against a monitor of its own. */
export async function construct(
  type: string,
  work: (request: ConstructRequest) => Promise<ConstructResponse>,
  inputs: Properties,
  {
    preview = false,
    states = {},
  }: { readonly preview?: boolean; readonly states?: Readonly<Record<string, Properties>> } = {},
): Promise<Outcome> {
  const monitor = new FakeMonitor(preview);
  for (const [urn, state] of Object.entries(states)) monitor.states.set(urn, state);
  const request = new ConstructRequest()
    .setType(type)
    .setName("c")
    .setParent("urn:parent")
    .setMonitorendpoint(await monitor.start())
    .setDependenciesList(["urn:other"])
    .setInputs(toStruct(inputs));
  request.getProvidersMap().set("aws", "urn:aws::id");
  try {
    const response = await work(request);
    return { monitor, state: fromStruct(response.getState()), urn: response.getUrn() };
  } finally {
    monitor.stop();
  }
}

/** The registered resource of a name. */
export const named = ({ monitor }: Outcome, name: string): Registration | undefined =>
  monitor.registrations.find((each) => each.name === name && each.inputs !== undefined);
