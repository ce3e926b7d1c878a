import { CloudError } from "../cloud-error";
import { dotted } from "../cidr";
import { hex, text } from "../values";
import { ec2Arn, hasDependencies, inSubnet, inVpc } from "./aws-network";
import { blocks, exactlyOne, oneOf, refuseWhen } from "./checks";
import type { Reference, RuleTable, Subject, WorldCheck } from "./contract";

const inRouteTable: Reference = {
  path: "routeTableId",
  to: ["aws:ec2/routeTable:RouteTable"],
  missing: "InvalidRouteTableID.NotFound",
  sentence: "The routeTable ID '{value}' does not exist",
};

const gateway: Reference = {
  path: "gatewayId",
  to: ["aws:ec2/internetGateway:InternetGateway", "aws:ec2/vpnGateway:VpnGateway"],
  missing: "InvalidGatewayID.NotFound",
  sentence: "The gateway ID '{value}' does not exist",
  held: false,
  provided: /^(local|vpce-)/,
};

const natGateway: Reference = {
  path: "natGatewayId",
  to: ["aws:ec2/natGateway:NatGateway"],
  missing: "InvalidNatGatewayID.NotFound",
  sentence: "The natGateway ID '{value}' does not exist",
  held: false,
};

const targets = [
  "carrierGatewayId",
  "coreNetworkArn",
  "egressOnlyGatewayId",
  "gatewayId",
  "localGatewayId",
  "natGatewayId",
  "networkInterfaceId",
  "odbNetworkArn",
  "transitGatewayId",
  "vpcEndpointId",
  "vpcPeeringConnectionId",
];

const destinations = ["destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"];

const vpcOf = (item: { readonly inputs: Readonly<Record<string, unknown>> } | undefined): unknown =>
  item?.inputs["vpcId"];

/** A subnet can only follow the routes of its own network. */
const sameVpc: WorldCheck = ({ inputs, scope }, world) => {
  const table = world.find(inRouteTable.to, text(inputs, "routeTableId") ?? "", scope.key);
  const subnet = world.find(["aws:ec2/subnet:Subnet"], text(inputs, "subnetId") ?? "", scope.key);
  if (table === undefined || subnet === undefined || vpcOf(table) === vpcOf(subnet)) return undefined;
  return new CloudError(
    "InvalidParameterValue",
    `Route table ${table.id} and subnet ${subnet.id} belong to different networks`,
  );
};

/** A route leaves through a gateway of its own network. */
const gatewayOfVpc: WorldCheck = ({ inputs, scope }, world) => {
  const table = world.find(inRouteTable.to, text(inputs, "routeTableId") ?? "", scope.key);
  const internet = world.find(gateway.to, text(inputs, "gatewayId") ?? "", scope.key);
  const nat = world.find(natGateway.to, text(inputs, "natGatewayId") ?? "", scope.key);
  const natSubnet = world.find(
    ["aws:ec2/subnet:Subnet"],
    text(nat?.inputs ?? {}, "subnetId") ?? "",
    scope.key,
  );
  const found = internet ?? nat;
  const network = vpcOf(internet ?? natSubnet);
  if (table === undefined || found === undefined || network === undefined || network === vpcOf(table))
    return undefined;
  return new CloudError(
    "InvalidParameterValue",
    `route table ${table.id} and network gateway ${found.id} belong to different networks`,
  );
};

/** Addresses from the range for benchmarks (RFC 2544), which belong to nobody. */
function publicAddress(subject: Subject): string {
  const base = 198 * 2 ** 24 + 18 * 2 ** 16;
  return dotted(base + (parseInt(hex(`address ${subject.seed}`, 8), 16) % 2 ** 17));
}

const publicDns = (subject: Subject): string =>
  `ec2-${publicAddress(subject).replaceAll(".", "-")}.compute.amazonaws.com`;

/** Gateways, addresses, route tables, routes. Source: Amazon EC2 API reference, 2026-11-21. */
export const awsRouting: RuleTable = {
  "aws:ec2/internetGateway:InternetGateway": {
    id: "igw-0{hex:16}",
    references: [inVpc],
    claims: [
      {
        key: "{vpcId}",
        code: "Resource.AlreadyAssociated",
        sentence: "resource {vpcId} already has an internet gateway attached",
      },
    ],
    outputs: { arn: ec2Arn("internet-gateway") },
    inUse: hasDependencies("internetGateway"),
  },
  "aws:ec2/routeTable:RouteTable": {
    id: "rtb-0{hex:16}",
    checks: [blocks("routes[].cidrBlock")],
    references: [
      inVpc,
      { ...gateway, path: "routes[].gatewayId" },
      { ...natGateway, path: "routes[].natGatewayId" },
    ],
    replaceOn: ["vpcId"],
    outputs: { arn: ec2Arn("route-table") },
    inUse: {
      code: "DependencyViolation",
      sentence: "The routeTable '{id}' has dependencies and cannot be deleted.",
    },
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    id: "rtbassoc-0{hex:16}",
    checks: [exactlyOne(["subnetId", "gatewayId"])],
    references: [inRouteTable, inSubnet("subnetId"), gateway],
    refuses: [sameVpc],
    claims: [
      {
        key: "{subnetId}{gatewayId}",
        code: "Resource.AlreadyAssociated",
        sentence:
          "the specified association for route table {routeTableId} conflicts with an existing association of {subnetId}{gatewayId}",
      },
    ],
    replaceOn: ["subnetId", "gatewayId"],
  },
  "aws:ec2/route:Route": {
    id: ({ inputs }) =>
      `r-${String(inputs["routeTableId"])}${parseInt(hex(destinations.map((key) => String(inputs[key])).join(), 8), 16)}`,
    checks: [exactlyOne(destinations), exactlyOne(targets), blocks("destinationCidrBlock")],
    exists: {
      code: "RouteAlreadyExists",
      sentence:
        "The route identified by {destinationCidrBlock}{destinationIpv6CidrBlock}{destinationPrefixListId} already exists in {routeTableId}.",
    },
    // Routes go with their table; the real provider deletes them one by one all the same.
    references: [{ ...inRouteTable, held: false }, gateway, natGateway],
    refuses: [gatewayOfVpc],
    replaceOn: ["routeTableId", ...destinations],
    deleteBeforeReplace: true,
    outputs: { state: () => "active", origin: () => "CreateRoute" },
  },
  "aws:ec2/eip:Eip": {
    id: "eipalloc-0{hex:16}",
    checks: [oneOf("domain", ["vpc"])],
    replaceOn: ["address", "publicIpv4Pool", "networkBorderGroup", "customerOwnedIpv4Pool", "domain"],
    defaults: { domain: "vpc", publicIpv4Pool: "amazon" },
    outputs: {
      allocationId: "{id}",
      publicIp: publicAddress,
      publicDns,
      arn: ec2Arn("elastic-ip"),
      networkBorderGroup: "{region}",
    },
    inUse: { code: "InvalidIPAddress.InUse", sentence: "Address {id} is in use." },
  },
  "aws:ec2/natGateway:NatGateway": {
    id: "nat-0{hex:16}",
    checks: [
      oneOf("connectivityType", ["public", "private"]),
      refuseWhen(
        "allocationId",
        (inputs) =>
          (inputs["connectivityType"] ?? "public") === "public" &&
          inputs["allocationId"] === undefined &&
          inputs["availabilityMode"] !== "regional",
        "MissingParameter: The request must include the allocationId parameter for a NAT gateway with connectivity type public",
      ),
    ],
    references: [
      inSubnet("subnetId"),
      {
        path: "allocationId",
        to: ["aws:ec2/eip:Eip"],
        missing: "InvalidAllocationID.NotFound",
        sentence: "The allocation ID '{value}' does not exist",
      },
    ],
    claims: [
      {
        key: "{allocationId}",
        code: "Resource.AlreadyAssociated",
        sentence: "resource {allocationId} is already associated",
      },
    ],
    replaceOn: ["allocationId", "connectivityType", "subnetId", "privateIp", "vpcId"],
    deleteBeforeReplace: true,
    defaults: { connectivityType: "public" },
    outputs: {
      networkInterfaceId: "eni-0{hex:16}",
      associationId: "eipassoc-0{hex:16}",
      publicIp: (subject, world) =>
        world.find(["aws:ec2/eip:Eip"], text(subject.inputs, "allocationId") ?? "", subject.scope.key)
          ?.outputs["publicIp"],
    },
  },
};
