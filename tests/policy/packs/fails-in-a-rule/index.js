const { PolicyPack } = require("@pulumi/policy");

new PolicyPack("fails-in-a-rule", {
  policies: [
    {
      name: "throws",
      description: "A rule with a mistake in it.",
      enforcementLevel: "advisory",
      validateResource: () => {
        throw new Error("the rule has a mistake");
      },
    },
  ],
});
