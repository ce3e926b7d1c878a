import { passing, region } from "./cases/gcp-landscape";
import { imageFaults, images } from "./cases/gcp-images";
import { network } from "./cases/gcp-network";
import { storage } from "./cases/gcp-storage";
import { describeRules } from "./rule-tables";

describeRules(
  "gcp",
  { project: "acme-ml-dev", region },
  [...passing, ...images],
  [...network, ...storage, ...imageFaults],
);
