import { passing, region } from "./cases/gcp-landscape";
import { network } from "./cases/gcp-network";
import { storage } from "./cases/gcp-storage";
import { describeRules } from "./rule-tables";

describeRules("gcp", { project: "acme-ml-dev", region }, passing, [...network, ...storage]);
