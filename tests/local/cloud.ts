import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Faults } from "../../local/faults";
import { Provider } from "../../local/provider";
import type { Quotas } from "../../local/quotas";
import { packages, type PackageName } from "../../local/schema";
import { openScope, type Scope } from "../../local/scope";
import type { Properties } from "../../local/values";
import { World } from "../../local/world";

export interface Made {
  readonly id: string;
  readonly urn: string;
  readonly inputs: Properties;
  readonly state: Properties;
}

/** One provider over a world in a folder of its own, driven as the engine would: check, then create. */
export class TestCloud {
  readonly folder = mkdtempSync(join(tmpdir(), "world-"));
  readonly faults = new Faults();
  readonly world: World;
  readonly provider: Provider;
  readonly scope: Scope;

  constructor(packageName: PackageName, config: Properties, quotas: Quotas = {}) {
    this.world = World.open(this.folder, packages, quotas);
    this.provider = new Provider(packageName, this.world, this.faults);
    this.scope = openScope(packageName, config);
  }

  urn(type: string, name: string): string {
    return `urn:pulumi:test::local::${type}::${name}`;
  }

  /** The inputs after the provider's check. @throws Error with every problem. */
  check(type: string, name: string, inputs: Properties, olds: Properties = {}): Properties {
    const target = { urn: this.urn(type, name), scope: this.scope };
    const checked = this.provider.check(target, olds, inputs, { seed: "5eed" });
    if (checked.problems.length > 0) throw new Error(checked.problems.map(({ reason }) => reason).join("; "));
    return checked.inputs;
  }

  async create(type: string, name: string, given: Properties): Promise<Made> {
    const inputs = this.check(type, name, given);
    const urn = this.urn(type, name);
    return { urn, inputs, ...(await this.provider.create({ urn, scope: this.scope }, inputs, false)) };
  }

  async delete(made: Made): Promise<void> {
    await this.provider.delete({ urn: made.urn, scope: this.scope }, made.id);
  }

  close(): void {
    this.world.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The message of the refusal; fails when nothing refuses. */
export async function refusal(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("nothing was refused");
}
