import { imageFaults, images } from "./cases/aws-images";
import { passing } from "./cases/aws-landscape";
import { network } from "./cases/aws-network";
import { storage } from "./cases/aws-storage";
import { describeRules } from "./rule-tables";

describeRules(
  "aws",
  { region: "us-east-1" },
  [...passing, ...images],
  [...network, ...storage, ...imageFaults],
);
