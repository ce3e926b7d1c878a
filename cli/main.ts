import { Command, Option } from "commander";
import type { RehearseOptions } from "./commands/rehearse";

/** Exit code for a command that was used wrongly: Pulumi's own for a configuration fault. */
const wrongUse = 2;

const program = new Command("mlp")
  .enablePositionalOptions()
  .description("One machine-learning platform on AWS, Google Cloud or Azure.")
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : wrongUse));

program
  .command("rehearse")
  .description(
    "take the platform through its whole life on local clouds: preview, up, second up, refresh, destroy",
  )
  .addOption(
    new Option("-e, --environment <name>", "whose stack file to use")
      .choices(["dev", "staging", "prod"])
      .default("dev"),
  )
  .option("-c, --cloud <names>", "clouds to rehearse on, separated by commas, or all", "all")
  .option("--fresh", "forget first what earlier runs left on the local clouds")
  .action(async (options: RehearseOptions) => {
    // Loaded here, so that --help need not wait for the SDKs.
    const { rehearse } = await import("./commands/rehearse.js");
    process.exitCode = await rehearse(options);
  });

program
  .command("local")
  .description("run a command against the local clouds, for example: local -- pulumi preview -s dev")
  .argument("<command...>", "the command and its arguments, after --")
  .passThroughOptions()
  .allowUnknownOption()
  .action(async (command: string[]) => {
    const { local } = await import("./commands/local.js");
    process.exitCode = await local(command);
  });

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
