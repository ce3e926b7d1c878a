import { resource } from "./case";

export const s3 = "aws:s3/bucket:Bucket";
export const gcs = "gcp:storage/bucket:Bucket";
export const account = "azure-native:storage:StorageAccount";

export const bucket = resource(s3, {}, { name: "data", outputs: { id: "data-1", bucket: "data-1" } });
export const logs = resource(s3, {}, { name: "logs", outputs: { id: "logs-1", bucket: "logs-1" } });

/** A companion of the bucket `data`, by value. */
export const of = (type: string, inputs: object = {}) => resource(type, { bucket: "data-1", ...inputs });
