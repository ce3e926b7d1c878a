// The floor that the platform is measured against: as many empty resources as the platform has, from a bare program.
import { CustomResource } from "@pulumi/pulumi";
import { Provider } from "@pulumi/aws/provider";

/** Says how many resources the floor's program makes, its provider and stack included. */
export const floorCountVariable = "MLP_FLOOR_RESOURCES";

/** A resource with no inputs, answered by the same local provider. */
class Empty extends CustomResource {
  constructor(name: string, provider: Provider) {
    super("aws:sns/topic:Topic", name, {}, { provider });
  }
}

// eslint-disable-next-line @typescript-eslint/require-await -- the engine awaits it
export default async function floor() {
  const count = Number(process.env[floorCountVariable]);
  const provider = new Provider("aws", { region: "us-east-1" });
  for (let i = 0; i < count - 2; i++) new Empty(`empty-${i}`, provider);
}
