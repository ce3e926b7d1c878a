import { awsEndpoints } from "../../local/rules/aws-endpoints";
import { awsFirewall } from "../../local/rules/aws-firewall";
import { awsIdentity } from "../../local/rules/aws-identity";
import { awsImages } from "../../local/rules/aws-images";
import { awsNetwork } from "../../local/rules/aws-network";
import { awsRouting } from "../../local/rules/aws-routing";
import { awsStorage } from "../../local/rules/aws-storage";
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
  {
    ...awsEndpoints,
    ...awsFirewall,
    ...awsIdentity,
    ...awsImages,
    ...awsNetwork,
    ...awsRouting,
    ...awsStorage,
  },
);
