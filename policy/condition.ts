/** What a property's value must be. */
export interface Condition {
  /** The allowed values, in words, as they stand in messages and in the reference. */
  readonly allowed: string;
  readonly holds: (value: unknown) => boolean;
  /** A value that is only known after deployment satisfies the condition too. */
  readonly holdsForUnknown?: true;
}

type Scalar = string | number | boolean;

const isGiven = (value: unknown) => value !== undefined && value !== null && value !== "";

export const is = (wanted: Scalar): Condition => ({
  allowed: JSON.stringify(wanted),
  holds: (value) => value === wanted,
});

/** Allows a missing value: for settings whose default is safe. */
export const isNot = (unwanted: Scalar): Condition => ({
  allowed: `anything but ${JSON.stringify(unwanted)}`,
  holds: (value) => value !== unwanted,
});

export const isOneOf = (...wanted: readonly Scalar[]): Condition => ({
  allowed: wanted.map((value) => JSON.stringify(value)).join(" or "),
  holds: (value) => (wanted as readonly unknown[]).includes(value),
});

export const isAtLeast = (least: number, unit: string): Condition => ({
  allowed: `${least} ${unit} or more`,
  holds: (value) => typeof value === "number" && value >= least,
});

/** Set, to whatever value, even one that a preview does not know yet. */
export const isSet: Condition = { allowed: "a value", holds: isGiven, holdsForUnknown: true };

export const isNotSet: Condition = { allowed: "no value", holds: (value) => !isGiven(value) };

export const isEmptyList: Condition = {
  allowed: "an empty list",
  holds: (value) => Array.isArray(value) && value.length === 0,
};

/** A list that has every wanted item; others may stand beside them. */
export const hasAll = (...wanted: readonly string[]): Condition => ({
  allowed: `a list that has ${wanted.join(", ")}`,
  holds: (value) => Array.isArray(value) && wanted.every((item) => value.includes(item)),
});

/** True, also as the text that some AWS inputs take in place of a boolean. */
export const isTrueOrItsText: Condition = {
  allowed: "true",
  holds: (value) => value === true || value === "true",
};

/** Missing or false, also as a text. */
export const isNotTrue: Condition = {
  allowed: "anything but true",
  holds: (value) => value !== true && value !== "true",
};
