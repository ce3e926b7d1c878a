import { expect } from "chai";
import { clouds } from "../../../components/core/cloud";
import { cloudResources, record, valueOf } from "../../support/mocks";
import { platform } from "../../support/program";
import { stackConfig } from "../../support/targets";

const existing = {
  id: "/existing-network",
  cidr: "10.9.0.0/16",
  publicSubnetIds: ["/public-1"],
  privateSubnetIds: ["/private-1", "/private-2"],
  dataSubnetIds: ["/data-1", "/data-2"],
  controlPlaneSubnetId: "/api-server",
};

/** What belongs to the owner of a network, on any cloud. */
const ownersPart =
  /:(Vpc|Network|VirtualNetwork|Subnet|Subnetwork|NatGateway|RouterNat|Router|FlowLog|DefaultSecurityGroup|Connection)$/;

describe("an existing network", () => {
  for (const cloud of clouds) {
    it(`is used as it is on ${cloud}: nothing of its owner's is made, and the firewalls go into it`, async () => {
      const built = await record(platform, { config: stackConfig(cloud, { network: { existing } }) });
      expect(
        built.resources.filter(({ type }) => ownersPart.test(type) && !type.startsWith("mlplatform:")),
      ).to.deep.equal([]);
      const outputs = await valueOf(built.result);
      expect([outputs.networkId, outputs.networkCidr]).to.deep.equal([existing.id, existing.cidr]);
      expect(outputs.privateSubnetIds).to.deep.equal(existing.privateSubnetIds);
      expect(outputs.dataSubnetIds).to.deep.equal(existing.dataSubnetIds);
      const firewalls = cloudResources(built).filter(({ type }) =>
        /:(SecurityGroup|Firewall|NetworkSecurityGroup)$/.test(type),
      );
      expect(firewalls.length).to.be.greaterThan(5);
    });
  }
});
