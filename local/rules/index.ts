import type { PackageName } from "../schema";
import { aws } from "./aws";
import { azure } from "./azure";
import type { Dialect, TypeRule } from "./contract";
import { gcp } from "./gcp";
import { kubernetes } from "./kubernetes";
import { random } from "./random";
import { schemaOf } from "../schema";

const dialects: Readonly<Record<PackageName, Dialect>> = {
  aws,
  gcp,
  "azure-native": azure,
  kubernetes,
  random,
  // Packages of components only: what they make belongs to the clouds' own packages.
  awsx: kubernetes,
  eks: kubernetes,
};

export function dialectOf(packageName: PackageName): Dialect {
  return dialects[packageName];
}

/** The rule of a type: from its cloud's table, else what the SDK's schema implies. */
export function ruleOf(dialect: Dialect, type: string): TypeRule {
  return dialect.rules[type] ?? dialect.fallback(schemaOf(type));
}
