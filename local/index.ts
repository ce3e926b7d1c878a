import { Faults, faultsFromEnvironment, faultsVariable, type Fault } from "./faults";
import { Provider } from "./provider";
import { mergedQuotas, quotasFromEnvironment, quotasVariable, type Quotas } from "./quotas";
import { packages } from "./schema";
import { ProviderServer } from "./server";
import { World } from "./world";

export type { Effect, Fault, Operation } from "./faults";
export { commonFaults, Faults, faultsVariable } from "./faults";
export type { QuotaCloud, Quotas } from "./quotas";
export { quotasVariable } from "./quotas";
export type { PendingCreate } from "./pending";
export { pendingCreates } from "./pending";
export type { Tombstone, WorldItem } from "./world";
export { World } from "./world";

export interface LocalCloudsOptions {
  /** Folder of the clouds' state; made if need be. What is in it exists. One process at a time may use it. */
  readonly worldDir: string;
  /** Faults to start with, in addition to those of the environment variable `MLP_LOCAL_FAULTS`. */
  readonly faults?: readonly Fault[];
  /** Limits of the accounts. Those of the environment variable `MLP_LOCAL_QUOTAS` count where both name a quota. */
  readonly quotas?: Quotas;
}

/** AWS, Google Cloud, Azure and their neighbours, on this machine. */
export interface LocalClouds {
  /** Environment for the engine: makes it talk to the local clouds instead of downloading providers. */
  readonly env: Readonly<Record<string, string>>;
  readonly world: World;
  /** Faults may be armed and cleared while the clouds run. */
  readonly faults: Faults;
  stop(): Promise<void>;
}

/** Starts a server per package on free ports of the loopback interface. */
export async function startLocalClouds(options: LocalCloudsOptions): Promise<LocalClouds> {
  const quotas = mergedQuotas(options.quotas ?? {}, quotasFromEnvironment(process.env[quotasVariable]));
  const world = World.open(options.worldDir, packages, quotas);
  const faults = new Faults([
    ...(options.faults ?? []),
    ...faultsFromEnvironment(process.env[faultsVariable]),
  ]);
  const servers = packages.map((name) => new ProviderServer(new Provider(name, world, faults)));
  const ports = await Promise.all(servers.map((server) => server.start()));
  const providers = packages.map((name, i) => `${name}:${String(ports[i])}`).join(",");
  return {
    env: { PULUMI_DEBUG_PROVIDERS: providers },
    world,
    faults,
    stop: () => {
      faults.release();
      for (const server of servers) server.stop();
      world.close();
      return Promise.resolve();
    },
  };
}
