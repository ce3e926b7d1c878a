import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import type { DriverContext } from "../core/capability";
import { imageStatements } from "../platform/aws-image-rights";
import type { ImageRegistryOutputs } from "./contract";
import { githubIssuer, type Pusher, subjectOf } from "./pusher";

/** The audience that AWS's own GitHub action asks GitHub for. */
const audience = "sts.amazonaws.com";

/** A role that only the allowed runs of one GitHub workflow can assume, and that can only push images. */
export function createPusher(
  context: DriverContext<"aws">,
  ci: Pusher | undefined,
  repositoryArns: readonly pulumi.Output<string>[],
): Pick<ImageRegistryOutputs, "ciIdentityId" | "ciProviderId"> {
  if (ci === undefined) return { ciIdentityId: pulumi.output(""), ciProviderId: pulumi.output("") };
  const { name, tags, child } = context;
  const providerArn = providerOf(context, ci);
  const role = new iam.Role(
    `${name}-ci`,
    {
      description: `CI of ${ci.repository}: push images`,
      assumeRolePolicy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Federated: providerArn },
            Action: "sts:AssumeRoleWithWebIdentity",
            Condition: { StringEquals: { [claim("aud")]: audience, [claim("sub")]: subjectOf(ci) } },
          },
        ],
      }),
      tags,
    },
    child,
  );
  const Statement = imageStatements(repositoryArns, "write");
  new iam.RolePolicy(
    `${name}-ci-push`,
    { role: role.name, policy: pulumi.jsonStringify({ Version: "2012-10-17", Statement }) },
    child,
  );
  return { ciIdentityId: role.arn, ciProviderId: providerArn };
}

/** Without thumbprints: for GitHub, AWS relies on certificate authorities that it trusts itself. */
function providerOf({ name, tags, child }: DriverContext<"aws">, ci: Pusher): pulumi.Output<string> {
  if (ci.providerArn !== undefined) return pulumi.output(ci.providerArn);
  const provider = new iam.OpenIdConnectProvider(
    `${name}-github`,
    { url: githubIssuer, clientIdLists: [audience], tags },
    child,
  );
  return provider.arn;
}

function claim(name: string): string {
  return `${new URL(githubIssuer).host}:${name}`;
}
