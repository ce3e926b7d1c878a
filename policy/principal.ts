import { type Check, property } from "./check";
import type { Condition } from "./condition";
import type { ControlId } from "./controls";

/** Google Cloud's names for "everybody": https://cloud.google.com/iam/docs/principal-identifiers, read 2026-11-21. */
const everybody = ["allUsers", "allAuthenticatedUsers"];

const namedMembers: Condition = {
  allowed: "any member but allUsers and allAuthenticatedUsers",
  holds: (member) => !everybody.some((word) => word === member),
};

/** A check that a Google Cloud grant names who may use it. */
export const membersAreKnown = (path: "member" | "members[]", control: ControlId): Check =>
  property(path, namedMembers, {
    control,
    fix: `Name the service accounts or groups that need access in ${path.replace("[]", "")}.`,
  });
