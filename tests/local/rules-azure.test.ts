import { azureBlob } from "../../local/rules/azure-blob";
import { azureEgress } from "../../local/rules/azure-egress";
import { azureFirewall } from "../../local/rules/azure-firewall";
import { azureImages } from "../../local/rules/azure-images";
import { azureNetwork } from "../../local/rules/azure-network";
import { azurePrivateLink } from "../../local/rules/azure-private-link";
import { azureSecurity } from "../../local/rules/azure-security";
import { azureStorage } from "../../local/rules/azure-storage";
import { imageFaults, images } from "./cases/azure-images";
import { passing } from "./cases/azure-landscape";
import { network } from "./cases/azure-network";
import { storage } from "./cases/azure-storage";
import { describeRules } from "./rule-tables";

const config = { subscriptionId: "00000000-1111-2222-3333-444444444444", location: "eastus" };
describeRules("azure-native", config, [...passing, ...images], [...network, ...storage, ...imageFaults], {
  ...azureBlob,
  ...azureEgress,
  ...azureFirewall,
  ...azureImages,
  ...azureNetwork,
  ...azurePrivateLink,
  ...azureSecurity,
  ...azureStorage,
});
