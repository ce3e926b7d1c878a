import { between, form } from "./checks";
import type { RuleTable } from "./contract";

const bucketType = "gcp:logging/projectBucketConfig:ProjectBucketConfig";

/** Log buckets and sinks. Source: Cloud Logging API reference and quotas, 2026-11-21. */
export const gcpLogging: RuleTable = {
  [bucketType]: {
    id: "projects/{project}/locations/{location}/buckets/{bucketId}",
    checks: [
      form(
        "bucketId",
        /^[A-Za-z0-9_.-]{1,100}$/,
        "1 to 100 letters, digits, underscores, dots or dashes",
        "INVALID_ARGUMENT",
      ),
      between("retentionDays", 1, 3650, "INVALID_ARGUMENT"),
    ],
    exists: { code: "ALREADY_EXISTS", sentence: "Bucket {id} already exists" },
    replaceOn: ["project", "location", "bucketId"],
    defaults: { retentionDays: 30 },
    outputs: { name: "{id}", lifecycleState: () => "ACTIVE" },
    buried: () => "a deleted log bucket's name is pending deletion for 7 days",
  },
  "gcp:logging/projectSink:ProjectSink": {
    id: "projects/{project}/sinks/{name}",
    autoName: "name",
    checks: [
      form(
        "name",
        /^[A-Za-z0-9_.-]{1,100}$/,
        "1 to 100 letters, digits, underscores, dots or dashes",
        "INVALID_ARGUMENT",
      ),
      form(
        "destination",
        /^(logging|storage|bigquery|pubsub)\.googleapis\.com\/./,
        "a service and a resource of it, such as logging.googleapis.com/projects/p/locations/l/buckets/b",
        "INVALID_ARGUMENT",
      ),
    ],
    replaceOn: ["name", "project"],
    defaults: { uniqueWriterIdentity: true },
    outputs: {
      writerIdentity: ({ scope }) =>
        `serviceAccount:service-${scope.facts["projectNumber"] ?? ""}@gcp-sa-logging.iam.gserviceaccount.com`,
    },
  },
};
