import { Provider } from "@pulumi/azure-native/provider";
import * as pulumi from "@pulumi/pulumi";
import { Provider as RandomProvider } from "@pulumi/random/provider";
import type { Connect } from "./contract";

export const azure: Connect<"azure"> = ({ subscriptionId, location }) => ({
  providers: [new Provider("azure", { subscriptionId, location }), new RandomProvider("random")],
  account: pulumi.output(subscriptionId),
});
