import type { ConstructRequest, ConstructResponse } from "@pulumi/pulumi/proto/provider_pb";
import { text, texts, unknownValue, type Properties } from "../values";
import { fromStruct } from "../wire";
import { idOf, Monitor, Ref, type Registered } from "./monitor";
import { planSubnets, type PlannedSubnet } from "./subnet-layout";
import { inferredPlaces, response, vpcOutputs, type Gateways, type Tier } from "./vpc-outputs";
import { natPlan, readSettings, type VpcSettings } from "./vpc-settings";

/**
 * `awsx:ec2:Vpc`: registers the children that awsx 3.9 registers for the same settings, with the same names, parents
 * and inputs (recorded from the real component on 2026-11-21; `tests/local/fixtures`).
 */
export async function constructVpc(request: ConstructRequest): Promise<ConstructResponse> {
  const monitor = new Monitor(request, "aws");
  try {
    const inputs = fromStruct(request.getInputs());
    const settings = readSettings(inputs);
    const zones = settings.zoneNames ?? (await defaultZones(monitor, settings));
    return await new VpcBuilder(monitor, request.getName(), settings, zones).build();
  } finally {
    monitor.close();
  }
}

async function defaultZones(monitor: Monitor, settings: VpcSettings): Promise<readonly string[]> {
  const region = settings.region === undefined ? {} : { region: settings.region };
  const result = await monitor.invoke("aws:index/getAvailabilityZones:getAvailabilityZones", region);
  const names = texts(result, "names");
  if (names.length < settings.zoneCount) {
    throw new Error(
      `numberOfAvailabilityZones is ${settings.zoneCount}, but the region has ${names.length}: ${names.join(", ")}`,
    );
  }
  return names.slice(0, settings.zoneCount);
}

class VpcBuilder {
  readonly #plan: readonly PlannedSubnet[];

  constructor(
    readonly monitor: Monitor,
    readonly name: string,
    readonly settings: VpcSettings,
    readonly zones: readonly string[],
  ) {
    const { cidrBlock, specs, strategy, zoneMask } = settings;
    this.#plan = planSubnets(cidrBlock, zones.length, specs, strategy, zoneMask);
  }

  async build(): Promise<ConstructResponse> {
    const { monitor, name, settings } = this;
    const nat = natPlan(settings, this.#plan, this.zones.length);
    const component = await monitor.component();
    const vpc = await monitor.child({
      type: "aws:ec2/vpc:Vpc",
      name,
      parent: component,
      inputs: { ...settings.vpcInputs, tags: this.#tags({ Name: name }) },
      dependsOn: monitor.request.getDependenciesList(),
    });
    const planned = this.#plan.filter(({ spec }) => spec.type !== "Unused");
    const [tiers, internet] = await Promise.all([
      Promise.all(planned.map((subnet) => this.#tier(vpc, subnet))),
      planned.some(({ spec }) => spec.type === "Public") ? this.#internetGateway(vpc) : undefined,
    ]);
    const { nats, eips } = await this.#natGateways(tiers, nat);
    const [routes, endpoints] = await Promise.all([
      this.#routes(tiers, { internet, nats, eips }),
      this.#endpoints(vpc, tiers),
    ]);
    const state = vpcOutputs(monitor, {
      vpc,
      tiers,
      internet,
      nats,
      eips,
      routes,
      endpoints,
      plan: this.#plan,
    });
    await monitor.outputs(component, state);
    return response(component, state);
  }

  /** The component's tags under a child's own. Unknown tags make the whole map unknown. */
  #tags(first: Properties, last: unknown = {}): unknown {
    const { tags } = this.settings;
    if (typeof tags === "string" || typeof last === "string") return unknownValue;
    return { ...first, ...(tags as Properties), ...(last as Properties) };
  }

  async #internetGateway(vpc: Registered): Promise<Registered> {
    return this.monitor.child({
      type: "aws:ec2/internetGateway:InternetGateway",
      name: this.name,
      parent: vpc,
      inputs: { vpcId: idOf(vpc), tags: this.#tags({ Name: this.name }), ...this.#region() },
    });
  }

  async #tier(vpc: Registered, planned: PlannedSubnet): Promise<Tier> {
    const { spec, zone, cidrBlock } = planned;
    const label = `${this.name}-${spec.name ?? spec.type.toLowerCase()}`;
    const name = `${label}-${zone + 1}`;
    const zoneName = this.zones[zone] ?? "";
    const nameTag = this.settings.zoneNameTags ? `${label}-${zoneName.split("-").at(-1) ?? ""}` : name;
    const tags = this.#tags({ Name: nameTag, SubnetType: spec.type }, spec.tags);
    const subnet = await this.monitor.child({
      type: "aws:ec2/subnet:Subnet",
      name,
      parent: vpc,
      inputs: {
        vpcId: idOf(vpc),
        availabilityZone: zoneName,
        mapPublicIpOnLaunch: spec.type === "Public",
        cidrBlock,
        assignIpv6AddressOnCreation: false,
        tags,
        ...this.#region(),
      },
    });
    const routeTable = await this.monitor.child({
      type: "aws:ec2/routeTable:RouteTable",
      name,
      parent: subnet,
      inputs: { vpcId: idOf(vpc), tags, ...this.#region() },
      dependsOn: [subnet.urn],
    });
    const association = await this.monitor.child({
      type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
      name,
      parent: routeTable,
      inputs: { routeTableId: idOf(routeTable), subnetId: idOf(subnet), ...this.#region() },
    });
    return { planned, subnet, routeTable, association };
  }

  async #natGateways(
    tiers: readonly Tier[],
    plan: ReturnType<typeof natPlan>,
  ): Promise<Omit<Gateways, "internet">> {
    const hosts = this.zones.map((_, zone) =>
      tiers.find((tier) => tier.planned.zone === zone && tier.planned.spec.type === "Public"),
    );
    const eips: Registered[] = [];
    const nats = await Promise.all(
      hosts.slice(0, plan.count).map(async (host, zone) => {
        if (host === undefined)
          throw new Error(`zone ${String(this.zones[zone])} has no public subnet for its NAT gateway`);
        const name = `${this.name}-${zone + 1}`;
        const tags = this.#tags({ Name: name });
        const given = plan.allocationIds?.[zone];
        const eip = given === undefined ? await this.#eip(name, host.subnet, tags) : undefined;
        if (eip !== undefined) eips.push(eip);
        return this.monitor.child({
          type: "aws:ec2/natGateway:NatGateway",
          name,
          parent: host.subnet,
          inputs: {
            subnetId: idOf(host.subnet),
            allocationId: eip === undefined ? given : new Ref(eip.state["allocationId"], [eip]),
            tags,
            ...this.#region(),
          },
        });
      }),
    );
    return { nats, eips };
  }

  async #eip(name: string, parent: Registered, tags: unknown): Promise<Registered> {
    return this.monitor.child({
      type: "aws:ec2/eip:Eip",
      name,
      parent,
      inputs: { tags, ...this.#region() },
      dependsOn: [parent.urn],
    });
  }

  /** Public subnets route to the internet gateway, private ones to their zone's NAT gateway or the single one. */
  async #routes(tiers: readonly Tier[], { internet, nats }: Gateways): Promise<readonly Registered[]> {
    const target = ({ planned }: Tier): Readonly<Record<string, Ref>> | undefined => {
      if (planned.spec.type === "Public")
        return internet === undefined ? undefined : { gatewayId: idOf(internet) };
      const nat = planned.spec.type === "Private" ? (nats[planned.zone] ?? nats[0]) : undefined;
      return nat === undefined ? undefined : { natGatewayId: idOf(nat) };
    };
    return Promise.all(
      tiers.flatMap((tier) => {
        const gateway = target(tier);
        if (gateway === undefined) return [];
        const { routeTable } = tier;
        return this.monitor.child({
          type: "aws:ec2/route:Route",
          name: `${this.name}-${tier.planned.spec.name ?? tier.planned.spec.type.toLowerCase()}-${tier.planned.zone + 1}`,
          parent: routeTable,
          inputs: {
            routeTableId: idOf(routeTable),
            destinationCidrBlock: "0.0.0.0/0",
            ...gateway,
            ...this.#region(),
          },
        });
      }),
    );
  }

  async #endpoints(vpc: Registered, tiers: readonly Tier[]): Promise<readonly Registered[]> {
    return Promise.all(
      this.settings.endpoints.map((spec) => {
        const inferred = this.settings.endpointsInferred ? inferredPlaces(spec, tiers) : {};
        return this.monitor.child({
          type: "aws:ec2/vpcEndpoint:VpcEndpoint",
          name: text(spec, "serviceName") ?? "",
          parent: vpc,
          inputs: {
            ...inferred,
            ...spec,
            vpcId: idOf(vpc),
            tags: this.#tags({ Name: this.name }, spec["tags"]),
          },
        });
      }),
    );
  }

  #region(): Properties {
    return this.settings.region === undefined ? {} : { region: this.settings.region };
  }
}
