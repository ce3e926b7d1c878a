// Runs every test of the repository in one process. `npm test -- network` runs only the files whose path holds a word.
import { readdirSync } from "node:fs";
import { join, sep } from "node:path";
import Mocha from "mocha";
import { ensureEngine } from "../engine/index";
import { streamReporter } from "../engine/report";
import { FileReporter } from "./support/file-reporter";

async function main(words: readonly string[]): Promise<number> {
  // The engine's tests need it, and getting it takes minutes where it is not here: long before any test's time limit.
  const engine = await ensureEngine({ report: streamReporter() });
  process.env["PATH"] = engine.env["PATH"];
  const mocha = new Mocha({
    ui: "bdd",
    // Long enough for a busy machine: a hang ends, and nothing is said about speed.
    timeout: 60_000,
    forbidOnly: true,
    forbidPending: true,
    reporter: FileReporter,
  });
  const files = testFiles(words);
  if (files.length === 0) throw new Error(`no test file's path holds ${words.join(" or ")}`);
  for (const file of files) await load(mocha, file);
  let passed = 0;
  const failed = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.on("pass", () => passed++);
  });
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}

/** A file that cannot be loaded is one failed test; the others still run. */
async function load(mocha: Mocha, file: string): Promise<void> {
  mocha.files = [file];
  try {
    await mocha.loadFilesAsync();
  } catch (error) {
    const test = new Mocha.Test("can be loaded", () => {
      throw error;
    });
    test.file = file;
    Mocha.Suite.create(mocha.suite, file).addTest(test);
  }
}

function testFiles(words: readonly string[]): string[] {
  const all = readdirSync(__dirname, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts"))
    .map((file) => file.split(sep).join("/"))
    .filter((file) => words.length === 0 || words.some((word) => file.includes(word)));
  // The engine's tests take longest and come last, so that a plain mistake shows within seconds.
  const slow = (file: string) => Number(file.startsWith("engine/"));
  return all.sort((a, b) => slow(a) - slow(b) || a.localeCompare(b)).map((file) => join(__dirname, file));
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`${text.replaceAll(process.cwd() + sep, "")}\n`);
    process.stdout.write(`0 passed, 1 failed\n`);
    process.exit(1);
  },
);
