import * as eks from "@pulumi/aws/eks";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { applyGrant, type BucketGrant, type Grant, type GrantTable } from "../core/grant";
import { imageStatements } from "../platform/aws-image-rights";
import { podIdentityTrust } from "../platform/aws-pod-identity";
import type { WorkloadIdentityDrivers } from "./contract";

/** An IAM role for EKS Pod Identity: the cluster's agent assumes it for the pods that it is bound to, and nobody else. */
export const aws: WorkloadIdentityDrivers["aws"] = ({ name, tags, child, account }, args) => {
  const role = new iam.Role(
    name,
    {
      description: args.description,
      assumeRolePolicy: podIdentityTrust(account),
      tags,
    },
    child,
  );
  new iam.RolePolicy(
    `${name}-grants`,
    {
      role: role.name,
      policy: pulumi.jsonStringify({ Version: "2012-10-17", Statement: args.grants.flatMap(statements) }),
    },
    child,
  );
  for (const { namespace, name: serviceAccount } of args.serviceAccounts) {
    new eks.PodIdentityAssociation(
      `${name}-${namespace}-${serviceAccount}`,
      { clusterName: args.cluster.identityRealm, namespace, serviceAccount, roleArn: role.arn, tags },
      child,
    );
  }
  return { identityId: role.arn };
};

interface Statement {
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: pulumi.Input<string> | readonly pulumi.Input<string>[];
  readonly Condition?: unknown;
}

const table: GrantTable<readonly Statement[]> = {
  bucket: bucketStatements,
  "image-registry": ({ ids, access }) => imageStatements(Object.values(ids), access),
};

function statements(grant: Grant): readonly Statement[] {
  return applyGrant(table, grant);
}

const objectActions = {
  read: ["s3:GetObject"],
  write: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"],
} as const;

const keyActions = { read: ["kms:Decrypt"], write: ["kms:Decrypt", "kms:GenerateDataKey"] } as const;

/** Listing is on the bucket, reading and writing on its objects, and S3 asks KMS in the caller's name. */
function bucketStatements({ id, prefix, access, keyId }: BucketGrant): readonly Statement[] {
  return [
    {
      Effect: "Allow",
      Action: ["s3:ListBucket"],
      Resource: id,
      Condition: { StringLike: { "s3:prefix": [prefix, `${prefix}*`] } },
    },
    { Effect: "Allow", Action: objectActions[access], Resource: pulumi.interpolate`${id}/${prefix}*` },
    { Effect: "Allow", Action: keyActions[access], Resource: keyId },
  ];
}
