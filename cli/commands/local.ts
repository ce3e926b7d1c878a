import { spawn } from "node:child_process";
import { delimiter, dirname, join } from "node:path";
import { type Engine, ensureEngine } from "../../engine/index";
import { preparePulumiHome } from "../../engine/home";
import { streamReporter } from "../../engine/report";
import { startLocalClouds } from "../../local/index";
import { type LocalLayout, localEnv, prepareLayout, repositoryRoot, withLocalClouds } from "../local-layout";

import { initNamedStack, prepareLocalProject } from "../local-project";

/**
 * Runs a command, usually the plain Pulumi CLI, with the local clouds behind it: own state, own secrets key, no
 * account. The clouds' world lasts from one call to the next.
 *
 * @returns the command's exit code; 127 when it cannot be started.
 */
export async function local(command: readonly string[]): Promise<number> {
  const engine = await ensureEngine({ report: streamReporter() });
  const layout = await prepareLayout();
  await preparePulumiHome(layout.homes.cli, ["language"]);
  return await withLocalClouds(layout, () => runWithClouds(command, engine, layout));
}

async function runWithClouds(
  command: readonly string[],
  engine: Engine,
  layout: LocalLayout,
): Promise<number> {
  const clouds = await startLocalClouds({ worldDir: layout.world });
  // Pulumi's own packages come with scripts named `pulumi-…`; the engine's directory must stand before theirs.
  const path = [
    dirname(engine.path),
    join(repositoryRoot, "node_modules", ".bin"),
    process.env["PATH"] ?? "",
  ];
  const env = { ...process.env, ...localEnv(layout, "cli"), ...clouds.env, PATH: path.join(delimiter) };
  try {
    const cwd = await prepareLocalProject(layout);
    const made = initNamedStack(command, { cwd, env, layout });
    if (made !== undefined) process.stderr.write(`Made the stack ${made} in the local state.\n`);
    return await run(command, { env, cwd });
  } finally {
    await clouds.stop();
  }
}

function run(
  [file = "", ...args]: readonly string[],
  options: { readonly env: NodeJS.ProcessEnv; readonly cwd: string },
): Promise<number> {
  // The command shares the terminal, so Ctrl-C reaches it directly; this process waits for it to end.
  const ignore = () => undefined;
  process.on("SIGINT", ignore);
  const child = spawn(file, args, { ...options, stdio: "inherit" });
  return new Promise((resolve) => {
    child.once("error", (error: NodeJS.ErrnoException) => {
      process.stderr.write(`${file} could not be started: ${error.code ?? error.message}\n`);
      resolve(127);
    });
    child.once("close", (code, signal) => resolve(code ?? (signal === "SIGINT" ? 130 : 1)));
  });
}
