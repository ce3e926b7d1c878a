import { CloudError } from "../cloud-error";
import { digits, text } from "../values";
import { between, form, oneOf } from "./checks";
import type { RuleTable } from "./contract";

const zoneType = "gcp:dns/managedZone:ManagedZone";

/** Zones and records. Source: Cloud DNS API reference, 2026-11-21. */
export const gcpDns: RuleTable = {
  [zoneType]: {
    id: "projects/{project}/managedZones/{name}",
    autoName: "name",
    checks: [
      form(
        "name",
        /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
        "1 to 63 lower-case letters, digits or dashes",
        "invalid",
      ),
      form(
        "dnsName",
        /^([a-z0-9_]([-a-z0-9_]{0,61}[a-z0-9_])?\.)+$/,
        "a domain that ends with a dot",
        "invalid",
      ),
      oneOf("visibility", ["private", "public"], "invalid"),
    ],
    references: [
      {
        path: "privateVisibilityConfig.networks[].networkUrl",
        to: ["gcp:compute/network:Network"],
        missing: "invalid",
        sentence: "Invalid value for 'entity.managedZone.privateVisibilityConfig.networks': '{value}'",
      },
    ],
    replaceOn: ["name", "project", "dnsName", "visibility"],
    defaults: { visibility: "public", description: "Managed by Pulumi", forceDestroy: false },
    outputs: {
      managedZoneId: ({ seed }) => digits(seed, 19),
      nameServers: () => ["ns-gcp-private.googledomains.com."],
      creationTime: () => "2026-01-01T00:00:00.000Z",
    },
    inUse: {
      code: "containerNotEmpty",
      sentence:
        "The resource named '{name}' cannot be deleted because it contains one or more 'resource records'",
    },
  },
  "gcp:dns/recordSet:RecordSet": {
    id: "projects/{project}/managedZones/{managedZone}/rrsets/{name}/{type}",
    checks: [
      form(
        "name",
        /^(\*\.)?([a-z0-9_]([-a-z0-9_]{0,61}[a-z0-9_])?\.)+$/i,
        "a name that ends with a dot",
        "invalid",
      ),
      oneOf(
        "type",
        [
          "A",
          "AAAA",
          "CAA",
          "CNAME",
          "DNSKEY",
          "DS",
          "HTTPS",
          "IPSECKEY",
          "MX",
          "NAPTR",
          "NS",
          "PTR",
          "SOA",
          "SPF",
          "SRV",
          "SSHFP",
          "SVCB",
          "TLSA",
          "TXT",
        ],
        "invalid",
      ),
      between("ttl", 0, 2_147_483_647, "invalid"),
      function* (inputs) {
        if (
          text(inputs, "type") === "CNAME" &&
          Array.isArray(inputs["rrdatas"]) &&
          inputs["rrdatas"].length > 1
        ) {
          yield { property: "rrdatas", reason: "invalid: a CNAME record has exactly one value" };
        }
      },
    ],
    references: [
      {
        path: "managedZone",
        to: [zoneType],
        missing: "notFound",
        sentence: "The 'parameters.managedZone' resource named '{value}' does not exist.",
      },
    ],
    refuses: [
      ({ inputs, scope }, world) => {
        const zone = world.find([zoneType], text(inputs, "managedZone") ?? "", scope.key);
        const [name, domain] = [text(inputs, "name") ?? "", text(zone?.inputs ?? {}, "dnsName")];
        if (domain === undefined || name === domain || name.endsWith(`.${domain}`)) return undefined;
        return new CloudError(
          "invalidRecordName",
          `Record '${name}' is not in the zone's domain '${domain}'`,
        );
      },
    ],
    replaceOn: ["name", "managedZone", "project"],
  },
};
