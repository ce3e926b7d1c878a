import { ConstructResponse } from "@pulumi/pulumi/proto/provider_pb";
import { text, type Properties } from "../values";
import { toStruct } from "../wire";
import { Ref, type Monitor, type Registered } from "./monitor";
import type { PlannedSubnet, SubnetType } from "./subnet-layout";

/** A subnet with all that belongs to it. */
export interface Tier {
  readonly planned: PlannedSubnet;
  readonly subnet: Registered;
  readonly routeTable: Registered;
  readonly association: Registered;
}

export interface Gateways {
  readonly internet: Registered | undefined;
  readonly nats: readonly Registered[];
  readonly eips: readonly Registered[];
}

/** Everything that the component has registered. */
interface Parts extends Gateways {
  readonly vpc: Registered;
  readonly tiers: readonly Tier[];
  readonly routes: readonly Registered[];
  readonly endpoints: readonly Registered[];
  readonly plan: readonly PlannedSubnet[];
}

/** The outputs of `awsx:ec2:Vpc`: ids as texts, resources as references. */
export function vpcOutputs(monitor: Monitor, parts: Parts): Properties {
  const reference = (resource: Registered): Properties => monitor.reference(resource);
  const of = (type: SubnetType): readonly Registered[] =>
    parts.tiers.filter(({ planned }) => planned.spec.type === type).map(({ subnet }) => subnet);
  const ids = (type: SubnetType): readonly string[] => of(type).map(({ id }) => id);
  return {
    vpcId: parts.vpc.id,
    vpc: reference(parts.vpc),
    publicSubnetIds: ids("Public"),
    privateSubnetIds: ids("Private"),
    isolatedSubnetIds: ids("Isolated"),
    publicSubnets: of("Public").map(reference),
    privateSubnets: of("Private").map(reference),
    isolatedSubnets: of("Isolated").map(reference),
    subnets: parts.tiers.map(({ subnet }) => reference(subnet)),
    routeTables: parts.tiers.map(({ routeTable }) => reference(routeTable)),
    routeTableAssociations: parts.tiers.map(({ association }) => reference(association)),
    routes: parts.routes.map(reference),
    internetGateway: parts.internet === undefined ? undefined : reference(parts.internet),
    natGateways: parts.nats.map(reference),
    eips: parts.eips.map(reference),
    vpcEndpoints: parts.endpoints.map(reference),
    subnetLayout: layoutOf(parts.plan),
  };
}

/** The resolved specs, so that a program can write its layout down before it changes strategy. */
function layoutOf(plan: readonly PlannedSubnet[]): readonly Properties[] {
  return [...new Set(plan.map(({ spec }) => spec))].map((spec) => {
    const blocks = plan.filter((planned) => planned.spec === spec).map(({ cidrBlock }) => cidrBlock);
    const mask = Number(blocks[0]?.split("/")[1]);
    return { type: spec.type, name: spec.name, cidrMask: mask, size: 2 ** (32 - mask), cidrBlocks: blocks };
  });
}

/** What the strategy Auto fills in: all route tables for a gateway endpoint, private subnets for an interface one. */
export function inferredPlaces(spec: Properties, tiers: readonly Tier[]): Readonly<Record<string, Ref>> {
  const type = text(spec, "vpcEndpointType") ?? "Gateway";
  if (type === "Gateway") {
    const tables = tiers.map(({ routeTable }) => routeTable);
    return {
      routeTableIds: new Ref(
        tables.map(({ id }) => id),
        tables,
      ),
    };
  }
  const subnets = tiers.filter(({ planned }) => planned.spec.type === "Private").map(({ subnet }) => subnet);
  return {
    subnetIds: new Ref(
      subnets.map(({ id }) => id),
      subnets,
    ),
  };
}

/** Every output depends on the component, whose children the engine knows. */
export function response(component: Registered, state: Properties): ConstructResponse {
  const message = new ConstructResponse().setUrn(component.urn).setState(toStruct(state));
  for (const key of Object.keys(state)) {
    message
      .getStatedependenciesMap()
      .set(key, new ConstructResponse.PropertyDependencies().setUrnsList([component.urn]));
  }
  return message;
}
