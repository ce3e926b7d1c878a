// Makes a fresh clone ready to run: every npm script calls this first. Plain Node, because it runs before any package
// is installed. Silent when there is nothing to do. Everything it says goes to stderr, so stdout stays the result's.
import { spawnSync } from "node:child_process";
import { lstatSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const readJson = (name) => JSON.parse(readFileSync(join(root, name), "utf8"));

function fail(...lines) {
  console.error(lines.join("\n"));
  process.exit(1);
}

/** Compares dotted versions: true when `found` is at least `wanted`. */
function atLeast(found, wanted) {
  const [a, b] = [found, wanted].map((version) => version.split(".").map(Number));
  const at = b.findIndex((part, index) => (a[index] ?? 0) !== part);
  return at === -1 || (a[at] ?? 0) > b[at];
}

/**
 * Whether node_modules holds what the lock file asks for. npm writes its own record last, so an interrupted install
 * has none; comparing with it also sees what a user installed by hand.
 */
function isInstalled() {
  const wanted = readJson("package-lock.json").packages;
  let found;
  try {
    found = readJson("node_modules/.package-lock.json").packages;
  } catch {
    return false;
  }
  return Object.entries(wanted).every(
    ([path, { version, optional, link }]) =>
      path === "" || link || (found[path] === undefined ? optional : found[path].version === version),
  );
}

const manifest = readJson("package.json");
const lowestNode = manifest.engines.node.replace(/^[^0-9]*/, "");
const foundNode = process.versions.node;
if (!atLeast(foundNode, lowestNode)) {
  fail(
    `Node ${foundNode} is too old: ${manifest.name} needs Node ${lowestNode} or later.`,
    "Install one from https://nodejs.org (or with nvm, fnm, or your system's packages) and run the command again.",
  );
}

if (!isInstalled()) {
  // npm ci follows a link and empties what it leads to, which is some other checkout's.
  if (lstatSync(join(root, "node_modules"), { throwIfNoEntry: false })?.isSymbolicLink()) {
    fail(
      "node_modules is a link, and what it leads to does not fit this package-lock.json.",
      "Remove the link (rm node_modules) and run the command again: the packages are then installed here.",
    );
  }
  const count = Object.keys(readJson("package-lock.json").packages).length - 1;
  const started = Date.now();
  console.error(
    `Installing ${count} npm packages as package-lock.json pins them (npm ci): once, about a minute ...`,
  );
  const viaNpm = process.env.npm_execpath; // set when started by `npm start`: use that very npm
  const [command, args] = viaNpm ? [process.execPath, [viaNpm, "ci"]] : ["npm", ["ci"]];
  const npm = spawnSync(command, [...args, "--no-progress", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32" && !viaNpm,
  });
  if (npm.status !== 0) {
    const how = npm.error
      ? `npm could not be started (${npm.error.code})`
      : `npm ended with exit code ${npm.status}`;
    fail(
      `The npm packages could not be installed: ${how}; its own message is above.`,
      "Check the network and the registry (npm ping), then run the same command again.",
    );
  }
  console.error(`Installed the npm packages in ${Math.round((Date.now() - started) / 1000)} s.`);
}
