import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { type Engine, ensureEngine, EngineUnavailableError } from "../../engine/index";
import { pins } from "../../engine/pins";

/** A `go` that answers like the real one; its build writes an engine that gives the pinned version. */
const workingGo = `
echo "$*" >> "$GO_CALLS"
case "$1" in
  env) echo go9.9.9 ;;
  list) printf 'a\\nb\\nc\\nd\\n' ;;
  build)
    while [ "$1" != -o ]; do shift; done
    echo a >&2; echo b >&2; echo c >&2
    printf '#!/bin/sh\\necho v${pins.engine}\\n' > "$2" ;;
esac`;

describe("finding or getting the engine", () => {
  let root: string;
  let env: NodeJS.ProcessEnv;
  let said: string[];
  let deadHost: string;

  before(async () => {
    // A port that nobody listens on any more.
    const server: Server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    deadHost = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    await new Promise((resolve) => server.close(resolve));
  });

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "engine-"));
    // `sh` and its tools, and nothing else of this machine.
    env = {
      PATH: `${join(root, "bin")}:/bin`,
      PULUMI_HOME: join(root, "home"),
      GO_CALLS: join(root, "calls"),
    };
    said = [];
  });

  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const executable = (path: string, shell: string) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `#!/bin/sh\n${shell}\n`);
    chmodSync(path, 0o755);
  };
  const onPath = (name: string, shell: string) => executable(join(root, "bin", name), shell);
  const cached = () => join(root, "home", "versions", pins.engine, "bin", "pulumi");
  const ensure = (): Promise<Engine> =>
    ensureEngine({
      report: {
        step: (text) => said.push(text),
        progress: (what, done, total) => said.push(`${what} ${done}/${total}`),
      },
      env,
      downloadUrl: deadHost,
      reachTimeoutMs: 2000,
    });
  const failure = async (): Promise<Error> => {
    const outcome: unknown = await ensure().catch((error: unknown) => error);
    expect(outcome).to.be.instanceOf(EngineUnavailableError);
    return outcome as Error;
  };
  const leftovers = () =>
    existsSync(join(root, "home"))
      ? readdirSync(join(root, "home"), { recursive: true }).filter((f) =>
          /build-|download-|lock/.test(String(f)),
        )
      : [];

  it("takes a fit pulumi on the PATH and says nothing", async () => {
    onPath("pulumi", "echo v3.999.0");
    const engine = await ensure();
    expect(engine).to.include({ source: "path", version: "3.999.0", path: join(root, "bin", "pulumi") });
    expect(said).to.deep.equal([]);
  });

  for (const [what, answer] of [
    ["is too old", "echo v3.100.0"],
    ["is of another major version", "echo v4.0.0"],
    ["does not answer", "exit 1"],
    ["answers with something else", "echo hello"],
  ] as const) {
    it(`passes over a pulumi on the PATH that ${what}`, async () => {
      onPath("pulumi", answer);
      executable(cached(), `echo v${pins.engine}`);
      expect(await ensure()).to.include({ source: "cache", version: pins.engine, path: cached() });
    });
  }

  it("puts the engine first on the PATH of its runs", async () => {
    executable(cached(), `echo v${pins.engine}`);
    expect((await ensure()).env["PATH"]?.split(":")[0]).to.equal(dirname(cached()));
  });

  it("builds from Go modules with go.sum verified when the download cannot be reached, and shows progress", async () => {
    onPath("go", workingGo);
    const engine = await ensure();
    expect(engine).to.include({ source: "build", version: pins.engine, path: cached() });
    expect(said.join("\n"))
      .to.match(/host not reachable/)
      .and.match(/Compiling packages 3\/4/)
      .and.match(/Built Pulumi/);
    const build = readFileSync(join(root, "calls"), "utf8")
      .split("\n")
      .find((line) => line.startsWith("build"));
    expect(build).to.contain("-mod=readonly").and.contain(`version.Version=${pins.engine}`);
    expect(leftovers()).to.deep.equal([]);
    expect(await ensure()).to.include({ source: "cache" });
  });

  it("builds once when two ask at the same time", async () => {
    onPath("go", workingGo.replace("echo a >&2", "sleep 1; echo a >&2"));
    const engines = await Promise.all([ensure(), ensure()]);
    expect(engines.map(({ source }) => source).sort()).to.deep.equal(["build", "cache"]);
    const builds = readFileSync(join(root, "calls"), "utf8")
      .split("\n")
      .filter((line) => line.startsWith("build"));
    expect(builds).to.have.lengthOf(1);
  });

  it("takes over the lock of a process that died", async () => {
    onPath("go", workingGo);
    mkdirSync(join(root, "home", "versions"), { recursive: true });
    writeFileSync(join(root, "home", "versions", `${pins.engine}.lock`), "999999999");
    expect(await ensure()).to.include({ source: "build" });
  });

  it("clears away what a killed build left", async () => {
    onPath("go", workingGo);
    const torn = join(dirname(cached()), ".pulumi.build-1");
    executable(torn, "half an engine");
    await ensure();
    expect(existsSync(torn)).to.equal(false);
  });

  for (const [what, go, reason] of [
    ["there is no Go", undefined, "no `go` on the PATH"],
    ["Go is too old", workingGo.replace("go9.9.9", "go1.20.1"), "go1.20.1 is older than"],
    [
      "a module's checksum is wrong",
      workingGo.replace("echo a >&2", "echo verifying module: checksum mismatch >&2; exit 1"),
      "checksum mismatch",
    ],
    ["the build is interrupted", workingGo.replace("echo a >&2", () => "kill -TERM $$"), "interrupted"],
    [
      "what was built does not answer",
      workingGo.replace(`echo v${pins.engine}`, "exit 3"),
      "does not answer",
    ],
  ] as const) {
    it(`names all three ways and what to do when ${what}, and leaves nothing half made`, async () => {
      if (go !== undefined) onPath("go", go);
      const { message } = await failure();
      expect(message).to.contain(reason);
      expect(message).to.contain("1. pulumi on the PATH: not found").and.contain("2. official release");
      expect(message).to.contain("3. build from Go modules").and.contain(`install Go ${pins.go} or later`);
      expect(message).not.to.match(/\n\s+at /);
      expect(existsSync(cached())).to.equal(false);
      expect(leftovers()).to.deep.equal([]);
    });
  }
});
