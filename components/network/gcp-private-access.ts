import * as compute from "@pulumi/gcp/compute";
import * as dns from "@pulumi/gcp/dns";
import type { DriverContext } from "../core/capability";

/** Domains of Google's services: storage, secrets and logs are under the first, images under the other two. */
const serviceDomains = { apis: "googleapis.com.", packages: "pkg.dev.", registry: "gcr.io." } as const;

/** private.googleapis.com: addresses that are routed inside Google's network only (VPC documentation, read 2026-11-21). */
const privateAddresses = ["199.36.153.8", "199.36.153.9", "199.36.153.10", "199.36.153.11"];

const ttlSeconds = 300;

/** Sends calls to Google's services to addresses that never leave Google's network. */
export function createPrivateZones(
  { name, tags, child }: DriverContext<"gcp">,
  network: compute.Network,
): void {
  for (const [role, dnsName] of Object.entries(serviceDomains)) {
    const zone = new dns.ManagedZone(
      `${name}-${role}`,
      {
        dnsName,
        visibility: "private",
        description: `Private access to ${dnsName}`,
        privateVisibilityConfig: { networks: [{ networkUrl: network.id }] },
        labels: tags,
      },
      child,
    );
    new dns.RecordSet(
      `${name}-${role}`,
      { managedZone: zone.name, name: dnsName, type: "A", ttl: ttlSeconds, rrdatas: privateAddresses },
      child,
    );
    new dns.RecordSet(
      `${name}-${role}-all`,
      { managedZone: zone.name, name: `*.${dnsName}`, type: "CNAME", ttl: ttlSeconds, rrdatas: [dnsName] },
      child,
    );
  }
}
