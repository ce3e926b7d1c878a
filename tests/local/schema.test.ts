import { expect } from "chai";
import { packages, packageVersion, schemaOf, UnknownTypeError } from "../../local/schema";

describe("schemas read from the SDKs", () => {
  const table: readonly [
    token: string,
    inputs: readonly string[],
    required: readonly string[],
    outputs: readonly string[],
  ][] = [
    ["aws:ec2/subnet:Subnet", ["cidrBlock", "vpcId", "tags"], ["vpcId"], ["arn", "ownerId"]],
    ["aws:s3/bucket:Bucket", ["bucket", "forceDestroy"], [], ["arn", "bucketRegionalDomainName"]],
    [
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
      ["cidrIpv4"],
      ["ipProtocol", "securityGroupId"],
      ["securityGroupRuleId"],
    ],
    ["gcp:compute/subnetwork:Subnetwork", ["ipCidrRange"], ["network"], ["selfLink", "gatewayAddress"]],
    ["gcp:projects/iAMMember:IAMMember", ["member"], ["member", "project", "role"], ["etag"]],
    [
      "azure-native:network:Subnet",
      ["subnetName"],
      ["resourceGroupName", "virtualNetworkName"],
      ["etag", "provisioningState"],
    ],
    [
      "azure-native:network:PublicIPAddress",
      ["publicIpAddressName"],
      ["resourceGroupName"],
      ["provisioningState"],
    ],
    ["kubernetes:core/v1:Namespace", ["apiVersion", "kind", "metadata"], [], ["metadata"]],
    ["random:index/randomString:RandomString", ["length"], ["length"], ["result"]],
  ];
  for (const [token, inputs, required, outputs] of table) {
    it(`knows ${token}`, () => {
      const schema = schemaOf(token);
      expect([...schema.inputs.keys()]).to.include.members([...inputs]);
      expect([...schema.required].sort()).to.deep.equal([...required].sort());
      expect([...schema.outputs.keys()]).to.include.members([...outputs]);
    });
  }

  it("tells outputs from inputs", () => {
    const { inputs } = schemaOf("aws:ec2/subnet:Subnet");
    expect(inputs.has("arn")).to.equal(false);
    expect(inputs.has("vpcId")).to.equal(true);
  });

  it("reads the kinds of properties", () => {
    const kind = (token: string, property: string) => schemaOf(token).inputs.get(property)?.kind;
    expect(kind("aws:ec2/subnet:Subnet", "cidrBlock")).to.equal("string");
    expect(kind("aws:ec2/subnet:Subnet", "mapPublicIpOnLaunch")).to.equal("boolean");
    expect(kind("aws:ec2/subnet:Subnet", "ipv4NetmaskLength")).to.equal("number");
    expect(kind("aws:ec2/subnet:Subnet", "tags")).to.equal("object");
    expect(kind("gcp:compute/routerNat:RouterNat", "natIps")).to.equal("array");
    expect(kind("azure-native:network:VirtualNetwork", "addressSpace")).to.equal("object");
  });

  it("reads from the documentation which changes make a new resource", () => {
    expect(schemaOf("gcp:serviceaccount/account:Account").inputs.get("accountId")?.replaces).to.equal(true);
    expect(schemaOf("gcp:serviceaccount/account:Account").inputs.get("displayName")?.replaces).to.equal(
      false,
    );
  });

  for (const token of ["aws:ec2/subnet:Sub", "aws:nothing/thing:Thing", "acme:index/x:X", "aws:ec2/subnet"]) {
    it(`refuses ${token}`, () => {
      expect(() => schemaOf(token)).to.throw(UnknownTypeError, token);
    });
  }

  it("takes any kind of Kubernetes object, as an API server with its definition would", () => {
    expect(schemaOf("kubernetes:karpenter.sh/v1:NodePool").open).to.equal(true);
  });

  it("knows the version that each SDK expects of its provider", () => {
    for (const name of packages) expect(packageVersion(name), name).to.match(/^\d+\.\d+\.\d+/);
  });
});
