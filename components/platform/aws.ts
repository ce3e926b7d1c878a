import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { Provider } from "@pulumi/aws/provider";
import { Provider as AwsxProvider } from "@pulumi/awsx/provider";
import { Provider as EksProvider } from "@pulumi/eks/provider";
import type { Connect } from "./contract";

export const aws: Connect<"aws"> = ({ region, accountId }) => {
  const provider = new Provider("aws", {
    region,
    ...(accountId === undefined ? {} : { allowedAccountIds: [accountId] }),
  });
  return {
    providers: [provider, new AwsxProvider("awsx"), new EksProvider("eks")],
    account: getCallerIdentityOutput({}, { provider }).accountId,
  };
};
