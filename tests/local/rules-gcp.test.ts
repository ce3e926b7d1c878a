import { gcpDns } from "../../local/rules/gcp-dns";
import { gcpEgress } from "../../local/rules/gcp-egress";
import { gcpFirewall } from "../../local/rules/gcp-firewall";
import { gcpImages } from "../../local/rules/gcp-images";
import { gcpLogging } from "../../local/rules/gcp-logging";
import { gcpNetwork } from "../../local/rules/gcp-network";
import { gcpSecurity } from "../../local/rules/gcp-security";
import { gcpStorage } from "../../local/rules/gcp-storage";
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
  {
    ...gcpDns,
    ...gcpEgress,
    ...gcpFirewall,
    ...gcpImages,
    ...gcpLogging,
    ...gcpNetwork,
    ...gcpSecurity,
    ...gcpStorage,
  },
);
