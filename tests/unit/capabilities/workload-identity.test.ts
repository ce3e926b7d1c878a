import { expect } from "chai";
import { childrenOf, only } from "../../support/shape";

type Json = Record<string, unknown>;

const identities = {
  training: ["training-data/", "models/"],
  serving: ["models/"],
  "team-fraud": ["teams/fraud/", "teams/fraud/", "teams/fraud/"],
} as const;

describe("WorkloadIdentity", () => {
  for (const [name, prefixes] of Object.entries(identities)) {
    it(`on AWS gives ${name} no action and no resource with a wildcard, but for what follows its prefixes`, async () => {
      const { inputs } = only(await childrenOf(name, "aws", "prod"), "aws:iam/rolePolicy:RolePolicy");
      const { Statement: all } = JSON.parse(String(inputs["policy"])) as {
        Statement: (Json & { Action: string[] })[];
      };
      const Statement = all.filter(({ Action }) => !Action.some((action) => action.startsWith("ecr:")));
      expect(Statement).to.have.lengthOf(3 * prefixes.length);
      for (const { Action, Resource } of Statement) {
        for (const action of Action) expect(action).to.match(/^(s3|kms):[A-Za-z]+$/);
        expect(String(Resource).replace(/\/\*$/, "")).not.to.contain("*");
      }
      const objects = Statement.map(({ Resource }) => String(Resource)).filter((resource) =>
        resource.endsWith("/*"),
      );
      expect(
        objects.map((resource, index) => resource.endsWith(`/${prefixes[index] ?? "?"}*`)),
      ).to.deep.equal(prefixes.map(() => true));
    });

    it(`on Google Cloud gives ${name} roles on buckets under a condition on its prefixes`, async () => {
      const members = (await childrenOf(name, "gcp", "prod")).filter(({ type }) =>
        type.endsWith(":BucketIAMMember"),
      );
      expect(members).to.have.lengthOf(prefixes.length);
      members.forEach(({ inputs }, index) => {
        expect(inputs["role"]).to.match(/^roles\/storage\.object(Viewer|User)$/);
        expect((inputs["condition"] as Json)["expression"]).to.contain(
          `/objects/${prefixes[index] ?? "?"}")`,
        );
      });
    });

    it(`on Azure gives ${name} roles on containers under a condition on its prefixes`, async () => {
      const grants = (await childrenOf(name, "azure", "prod")).filter(
        ({ type, name: own }) => type.endsWith(":RoleAssignment") && !own.endsWith("-images"),
      );
      expect(grants).to.have.lengthOf(prefixes.length);
      grants.forEach(({ inputs }, index) => {
        expect(inputs["scope"]).to.match(/^\/storage-(data|models|artifacts)-id$/);
        expect(inputs).to.include({ principalType: "ServicePrincipal", conditionVersion: "2.0" });
        expect(inputs["condition"]).to.contain(`:path] StringStartsWith '${prefixes[index] ?? "?"}'`);
      });
    });
  }

  it("lets training pull images and never push them", async () => {
    const { inputs } = only(await childrenOf("training", "aws", "prod"), "aws:iam/rolePolicy:RolePolicy");
    const { Statement } = JSON.parse(String(inputs["policy"])) as {
      Statement: (Json & { Action: string[] })[];
    };
    const [login, pull, ...others] = Statement.filter(({ Action }) =>
      Action.some((action) => action.startsWith("ecr:")),
    );
    expect(others).to.deep.equal([]);
    // The one action of ECR that knows no resource.
    expect([login?.Action, login?.["Resource"]]).to.deep.equal([["ecr:GetAuthorizationToken"], "*"]);
    expect([pull?.Action, pull?.["Resource"]]).to.deep.equal([
      ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      ["image-registry-ml-platform-arn", "image-registry-serving-churn-arn"],
    ]);
    const readers = (await childrenOf("training", "gcp", "prod")).filter(({ type }) =>
      type.endsWith(":RepositoryIamMember"),
    );
    expect(readers.map(({ inputs: { repository, role } }) => [repository, role])).to.deep.equal([
      ["image-registry-ml-platform-id", "roles/artifactregistry.reader"],
      ["image-registry-serving-churn-id", "roles/artifactregistry.reader"],
    ]);
    const puller = only(
      await childrenOf("training", "azure", "prod"),
      "azure-native:authorization:RoleAssignment",
      "training-images",
    ).inputs;
    expect(puller["scope"]).to.equal("/image-registry-id");
    expect(puller["roleDefinitionId"]).to.match(/\/7f951dda-4ed3-4680-a7ca-43fe172d538d$/);
  });

  it("lets nobody else pull images", async () => {
    for (const name of ["serving", "team-fraud"]) {
      for (const cloud of ["aws", "gcp", "azure"] as const) {
        const made = JSON.stringify((await childrenOf(name, cloud, "prod")).map(({ inputs }) => inputs));
        expect(made, `${name} on ${cloud}`).not.to.match(/ecr:|artifactregistry|image-registry/);
      }
    }
  });

  it("lets serving read models and nothing else", async () => {
    const { inputs } = only(await childrenOf("serving", "aws", "prod"), "aws:iam/rolePolicy:RolePolicy");
    const { Statement } = JSON.parse(String(inputs["policy"])) as { Statement: { Action: string[] }[] };
    expect(Statement.flatMap(({ Action }) => Action)).to.deep.equal([
      "s3:ListBucket",
      "s3:GetObject",
      "kms:Decrypt",
    ]);
    const [member] = (await childrenOf("serving", "gcp", "prod")).filter(({ type }) =>
      type.endsWith(":BucketIAMMember"),
    );
    expect(member?.inputs["role"]).to.equal("roles/storage.objectViewer");
    const [assignment] = (await childrenOf("serving", "azure", "prod")).filter(({ type }) =>
      type.endsWith(":RoleAssignment"),
    );
    expect(assignment?.inputs["roleDefinitionId"]).to.match(/\/2a2b9908-6ea1-4ae2-8e65-a410df84e7d1$/);
  });

  it("on AWS can be assumed by the cluster's pod identity agent of this account only", async () => {
    const { inputs } = only(await childrenOf("training", "aws", "dev"), "aws:iam/role:Role");
    expect(JSON.parse(String(inputs["assumeRolePolicy"]))).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "pods.eks.amazonaws.com" },
          Action: ["sts:AssumeRole", "sts:TagSession"],
          Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
        },
      ],
    });
  });

  it("is bound to the service accounts that are named, on every cloud, and to no other", async () => {
    const subjects = {
      training: ["ml-platform", "training"],
      serving: ["ml-platform", "serving"],
      "team-fraud": ["team-fraud", "workload"],
    } as const;
    for (const [name, [namespace, account]] of Object.entries(subjects)) {
      const aws = only(
        await childrenOf(name, "aws", "dev"),
        "aws:eks/podIdentityAssociation:PodIdentityAssociation",
      ).inputs;
      expect(aws).to.deep.include({ namespace, serviceAccount: account, roleArn: `${name}-arn` });
      const gcp = only(await childrenOf(name, "gcp", "dev"), "gcp:serviceaccount/iAMMember:IAMMember").inputs;
      expect(gcp).to.deep.include({
        role: "roles/iam.workloadIdentityUser",
        member: `serviceAccount:ml-platform-test.svc.id.goog[${namespace}/${account}]`,
      });
      const azure = only(
        await childrenOf(name, "azure", "dev"),
        "azure-native:managedidentity:FederatedIdentityCredential",
      ).inputs;
      expect(azure).to.deep.include({
        issuer: "https://oidc.aks.example/cluster/",
        subject: `system:serviceaccount:${namespace}:${account}`,
        audiences: ["api://AzureADTokenExchange"],
      });
    }
  });
});
