import { spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";

const script = join(__dirname, "..", "..", "engine", "setup.mjs");

describe("set-up of a fresh clone", () => {
  let clone: string;

  beforeEach(() => {
    clone = mkdtempSync(join(tmpdir(), "setup-"));
    mkdirSync(join(clone, "engine"));
    mkdirSync(join(clone, "bin"));
    copyFileSync(script, join(clone, "engine", "setup.mjs"));
    write("package.json", { name: "ml-platform", engines: { node: ">=20.19" } });
    write("package-lock.json", { packages: { "": {}, "node_modules/a": { version: "1.0.0" } } });
    npmDoes(
      'echo "npm $*" >> calls; mkdir -p node_modules; cp package-lock.json node_modules/.package-lock.json',
    );
  });

  afterEach(() => rmSync(clone, { recursive: true, force: true }));

  const write = (file: string, content: object) => {
    mkdirSync(join(clone, file, ".."), { recursive: true });
    writeFileSync(join(clone, file), JSON.stringify(content));
  };
  const npmDoes = (shell: string) => {
    const npm = join(clone, "bin", "npm");
    writeFileSync(npm, `#!/bin/sh\n${shell}\n`);
    chmodSync(npm, 0o755);
  };
  const run = () => {
    // Under `npm test` npm names itself here, and set-up would use that one instead of the stand-in.
    const env = { ...process.env };
    delete env["npm_execpath"];
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(clone, "engine", "setup.mjs")], {
      encoding: "utf8",
      env: { ...env, PATH: `${join(clone, "bin")}:${process.env["PATH"] ?? ""}` },
    });
    return { status, stdout, stderr };
  };
  const calls = () => {
    try {
      return readFileSync(join(clone, "calls"), "utf8").trim().split("\n").length;
    } catch {
      return 0;
    }
  };

  it("installs the pinned packages, says so, and is silent the next time", () => {
    const first = run();
    expect(first.stderr).to.match(/Installing 1 npm packages.*\n(.*\n)*Installed the npm packages in \d+ s/);
    expect(first).to.include({ status: 0, stdout: "" });
    expect(run()).to.deep.equal({ status: 0, stdout: "", stderr: "" });
    expect(calls()).to.equal(1);
  });

  it("installs again when the lock file pins another version", () => {
    run();
    write("package-lock.json", { packages: { "": {}, "node_modules/a": { version: "1.0.1" } } });
    expect(run().status).to.equal(0);
    expect(calls()).to.equal(2);
  });

  it("does not miss an optional package that is not for this machine", () => {
    run();
    write("package-lock.json", {
      packages: {
        "": {},
        "node_modules/a": { version: "1.0.0" },
        "node_modules/b": { version: "1.0.0", optional: true },
      },
    });
    run();
    expect(calls()).to.equal(1);
  });

  it("installs again after an install that was cut off", () => {
    run();
    rmSync(join(clone, "node_modules", ".package-lock.json"));
    expect(run().status).to.equal(0);
    expect(calls()).to.equal(2);
  });

  it("says in one message what to do when npm fails", () => {
    npmDoes("echo no network >&2; exit 7");
    const { status, stderr } = run();
    expect(status).to.equal(1);
    expect(stderr)
      .to.contain("no network")
      .and.contain("exit code 7")
      .and.contain("npm ping")
      .and.not.contain("at ");
  });

  it("refuses a Node that is too old, before it installs anything", () => {
    write("package.json", { name: "ml-platform", engines: { node: ">=99.1" } });
    const { status, stderr } = run();
    expect(status).to.equal(1);
    expect(stderr).to.contain(`Node ${process.versions.node} is too old`).and.contain("99.1");
    expect(calls()).to.equal(0);
  });

  it("refuses to install through a link, which would empty another checkout", () => {
    mkdirSync(join(clone, "elsewhere"));
    symlinkSync(join(clone, "elsewhere"), join(clone, "node_modules"));
    const { status, stderr } = run();
    expect(status).to.equal(1);
    expect(stderr).to.contain("node_modules is a link").and.contain("rm node_modules");
    expect(calls()).to.equal(0);
  });
});
