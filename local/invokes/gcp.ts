import { CloudError } from "../cloud-error";
import { text } from "../values";
import type { Invoke, InvokeRequest } from "./index";

function projectOf({ inputs, scope }: InvokeRequest): string {
  const project = text(inputs, "project") ?? text(inputs, "projectId") ?? scope.facts["project"] ?? "";
  if (project === "")
    throw new CloudError("project", "required field is not set: name a project in the provider's config");
  return project;
}

export const gcp: Readonly<Record<string, Invoke>> = {
  "gcp:storage/getProjectServiceAccount:getProjectServiceAccount": (request) => {
    const emailAddress = `service-${request.scope.facts["projectNumber"] ?? ""}@gs-project-accounts.iam.gserviceaccount.com`;
    return {
      id: emailAddress,
      emailAddress,
      member: `serviceAccount:${emailAddress}`,
      project: projectOf(request),
    };
  },
  "gcp:organizations/getProject:getProject": (request) => {
    const project = projectOf(request);
    const number = request.scope.facts["projectNumber"] ?? "";
    return {
      id: `projects/${project}`,
      projectId: project,
      name: project,
      number,
      autoCreateNetwork: false,
      labels: {},
      effectiveLabels: {},
      pulumiLabels: {},
      orgId: "",
      folderId: "",
      billingAccount: "",
      deletionPolicy: "PREVENT",
      tags: {},
    };
  },
};
