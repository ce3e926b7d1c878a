import { expect } from "chai";
import { type Cloud, clouds } from "../../components/core/cloud";
import { type Recorded, record, type StackSettings } from "../support/mocks";
import { platform } from "../support/program";
import { stackConfig } from "../support/targets";

/** What was registered, in an order of its own, as text that can be compared byte for byte. */
async function registrations(cloud: Cloud, settings: StackSettings = {}): Promise<string[]> {
  const { resources } = await record(platform, { config: stackConfig(cloud), ...settings });
  return resources.map(line).sort();
}

function line({ type, name, inputs, provider, custom }: Recorded): string {
  return JSON.stringify([type, name, sorted(inputs), provider, custom]);
}

/** With keys in order: the order in which promises settle is no part of a resource. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, part]) => [key, sorted(part)]));
}

const elsewhere = {
  TZ: "Pacific/Kiritimati",
  LANG: "tr_TR.UTF-8",
  HOME: "/nowhere",
  USER: "nobody",
  HOSTNAME: "other",
} as const;

function restore(key: string, value: string | undefined): void {
  if (value === undefined) Reflect.deleteProperty(process.env, key);
  else process.env[key] = value;
}

describe("the same config makes the same registrations", () => {
  for (const cloud of clouds) {
    it(`whatever the time zone, locale, home and working directory on ${cloud}`, async () => {
      const usual = await registrations(cloud);
      const before = Object.keys(elsewhere).map((key) => [key, process.env[key]] as const);
      const directory = process.cwd();
      Object.assign(process.env, elsewhere);
      process.chdir("/");
      try {
        expect(await registrations(cloud)).to.deep.equal(usual);
      } finally {
        process.chdir(directory);
        for (const [key, value] of before) restore(key, value);
      }
    });

    it(`in whatever order the cloud answers on ${cloud}`, async () => {
      const usual = await registrations(cloud);
      for (const seed of [1, 5]) {
        const delay = (name: string) =>
          Array.from(name).reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0) * seed) % 17, seed);
        expect(await registrations(cloud, { delay })).to.deep.equal(usual);
      }
    });

    it(`in a preview, but for what only the cloud can tell, on ${cloud}`, async () => {
      const names = (list: readonly Recorded[]) => list.map(({ type, name }) => `${type} ${name}`).sort();
      const config = stackConfig(cloud);
      const preview = await record(platform, { config, preview: true });
      const real = await record(platform, { config });
      expect(names(preview.resources)).to.deep.equal(names(real.resources));
    });
  }
});
