import { relative } from "node:path";
import Mocha from "mocha";
import pc from "picocolors";

interface Count {
  passed: number;
  failed: number;
  ms: number;
}

/** Prints one line a test file when it is done, and every failure in full at the end. */
export class FileReporter extends Mocha.reporters.Base {
  readonly #counts = new Map<string, Count>();

  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    let current: string | undefined;
    const count = (test: Mocha.Runnable): Count => {
      const file = relative(process.cwd(), test.file ?? "");
      if (current !== undefined && current !== file) this.#print(current);
      current = file;
      const found = this.#counts.get(file) ?? { passed: 0, failed: 0, ms: 0 };
      this.#counts.set(file, found);
      found.ms += test.duration ?? 0;
      return found;
    };
    runner.on("pass", (test) => count(test).passed++);
    runner.on("fail", (test) => count(test).failed++);
    runner.once("end", () => {
      if (current !== undefined) this.#print(current);
      if (this.failures.length > 0) Mocha.reporters.Base.list(this.failures);
    });
  }

  #print(file: string): void {
    const { passed, failed, ms } = this.#counts.get(file) ?? { passed: 0, failed: 0, ms: 0 };
    const mark = failed === 0 ? pc.green("✓") : pc.red("✗");
    const failures = failed === 0 ? "" : pc.red(`, ${failed} failed`);
    process.stdout.write(
      `${mark} ${file}: ${passed} passed${failures} ${pc.dim(`(${(ms / 1000).toFixed(1)} s)`)}\n`,
    );
  }
}
