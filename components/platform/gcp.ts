import { Provider } from "@pulumi/gcp/provider";
import * as pulumi from "@pulumi/pulumi";
import type { Connect } from "./contract";

export const gcp: Connect<"gcp"> = ({ project, region }) => ({
  providers: [new Provider("gcp", { project, region })],
  account: pulumi.output(project),
});
