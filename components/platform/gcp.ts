import { Provider } from "@pulumi/gcp/provider";
import * as pulumi from "@pulumi/pulumi";
import { Provider as RandomProvider } from "@pulumi/random/provider";
import type { Connect } from "./contract";

export const gcp: Connect<"gcp"> = ({ project, region }) => ({
  providers: [new Provider("gcp", { project, region }), new RandomProvider("random")],
  account: pulumi.output(project),
});
