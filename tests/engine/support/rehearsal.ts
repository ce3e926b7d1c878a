import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type LocalLayout, prepareLayout, repositoryRoot } from "../../../cli/local-layout";
import { preparePulumiHome } from "../../../engine/home";
import { type LocalClouds, startLocalClouds } from "../../../local/index";

/** A place of its own for one test: state, world, logs. */
export interface Place {
  readonly root: string;
  readonly layout: LocalLayout;
  remove(): void;
}

/** Makes a place in the system's temporary directory. */
export async function makePlace(): Promise<Place> {
  // Inside the repository, as the real one is: source positions in the state are relative to it.
  const parent = join(repositoryRoot, ".local", "tests");
  mkdirSync(parent, { recursive: true });
  const root = mkdtempSync(join(parent, "rehearsal-"));
  const layout = await prepareLayout(root);
  await preparePulumiHome(layout.homes.inline, ["policy"]);
  return { root, layout, remove: () => rmSync(root, { recursive: true, force: true }) };
}

/** Runs `work` with the local clouds of a place. */
export async function withClouds<T>(place: Place, work: (clouds: LocalClouds) => Promise<T>): Promise<T> {
  const clouds = await startLocalClouds({ worldDir: place.layout.world });
  try {
    return await work(clouds);
  } finally {
    await clouds.stop();
  }
}
