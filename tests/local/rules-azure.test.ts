import { imageFaults, images } from "./cases/azure-images";
import { passing } from "./cases/azure-landscape";
import { network } from "./cases/azure-network";
import { storage } from "./cases/azure-storage";
import { describeRules } from "./rule-tables";

const config = { subscriptionId: "00000000-1111-2222-3333-444444444444", location: "eastus" };
describeRules("azure-native", config, [...passing, ...images], [...network, ...storage, ...imageFaults]);
