import tseslint from "typescript-eslint";

const clouds = ["aws", "gcp", "azure"];
/** Packages of a cloud that its name does not head. */
const alsoOf = { aws: "|eks", gcp: "", azure: "" };
const anyCloud = `/^(${clouds.join("|")})$/`;
const branchMessage =
  "Do not branch on the cloud: let the difference travel as data in a contract's outputs, or put it in a driver.";
const sdkMessage = "Only drivers import a cloud's SDK.";

export default tseslint.config(
  { ignores: ["node_modules", "**/*.cjs", "**/*.mjs", "**/*.js", ".local", ".cache"] },
  ...tseslint.configs.strictTypeChecked,
  { languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } } },
  {
    files: ["**/*.ts"],
    rules: {
      "max-lines": ["error", { max: 250, skipBlankLines: true, skipComments: true }],
      "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }],
      // Resources are made for their effect: `new Bucket(...)` without a variable is normal in Pulumi.
      "no-new": "off",
      "@typescript-eslint/no-confusing-void-expression": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "no-restricted-syntax": [
        "error",
        {
          selector: `BinaryExpression[operator=/^[!=]==?$/]:has(> Literal[value=${anyCloud}])`,
          message: branchMessage,
        },
        { selector: `SwitchCase[test.value=${anyCloud}]`, message: branchMessage },
      ],
    },
  },
  {
    // A test suite is one describe() of many short cases.
    files: ["tests/**/*.ts"],
    rules: {
      "max-lines-per-function": "off",
      "@typescript-eslint/no-unused-expressions": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
  {
    files: [
      "index.ts",
      "cli/**/*.ts",
      "components/**/*.ts",
      "engine/**/*.ts",
      "local/**/*.ts",
      "policy/**/*.ts",
    ],
    ignores: ["components/*/{aws,gcp,azure}.ts", "components/*/{aws,gcp,azure}-*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [{ group: ["@pulumi/aws*", "@pulumi/gcp*", "@pulumi/azure*"], message: sdkMessage }] },
      ],
    },
  },
  ...clouds.map((cloud) => ({
    files: [`components/*/${cloud}.ts`, `components/*/${cloud}-*.ts`],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: `^@pulumi/(?!pulumi|kubernetes|random|(${cloud}(x|-native)?${alsoOf[cloud]})(/|$))`,
              message: `${cloud} drivers import the SDK of ${cloud} only.`,
            },
            {
              // Whole packages cost seconds of type checking and start-up time: import a submodule.
              regex: `^@pulumi/(aws|gcp|azure-native)$`,
              message: "Import a submodule, for example `@pulumi/aws/s3`.",
            },
            {
              regex: `^\\.\\.?/.*(?<![a-z-])(${clouds.filter((c) => c !== cloud).join("|")})(-[a-z-]+)?$`,
              message: "Drivers of different clouds do not import each other.",
            },
          ],
        },
      ],
    },
  })),
);
