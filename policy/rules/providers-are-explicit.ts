import type { Rule } from "../rule";

/** The engine names the providers that it makes by itself `default`, or `default_<version>`. */
const isDefault = (name: string) => /^default(_|$)/.test(name);

export const providersAreExplicit: Rule = {
  name: "providers-are-explicit",
  description: "Every resource goes through a provider whose account and region the program pins.",
  concern: "governance",
  resources: {
    "*": [
      {
        control: "X-07",
        reads: [],
        allowed: "a provider that the program declares",
        fix: "Set the option provider, or parent the resource to a component that has one.",
        findings: ({ provider }) =>
          provider !== undefined && isDefault(provider.name)
            ? [{ property: "the option provider", given: provider.name }]
            : [],
      },
    ],
  },
};
