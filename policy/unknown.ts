import { UnknownValueError } from "@pulumi/policy";

/** Whether an error says that a preview does not know a value yet. */
export const isUnknownValue = (error: unknown): error is Error => error instanceof UnknownValueError;
