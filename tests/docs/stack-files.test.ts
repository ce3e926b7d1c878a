import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { parseConfig } from "../../components/config";
import { environments } from "../../components/core/cloud";

const root = path.join(__dirname, "../..");
const read = (environment: string) => readFileSync(path.join(root, `Pulumi.${environment}.yaml`), "utf8");

describe("stack files", () => {
  for (const environment of environments) {
    it(`${environment} is accepted on every cloud, and only the line of the cloud differs`, () => {
      const { config } = parse(read(environment)) as { config: Record<string, unknown> };
      const own = Object.entries(config).filter(([key]) => key.startsWith("ml-platform:"));
      const raw = Object.fromEntries(own.map(([key, value]) => [key.slice("ml-platform:".length), value]));
      for (const cloud of ["aws", "gcp", "azure"]) {
        const parsed = parseConfig({ ...raw, cloud }, environment);
        expect(parsed.config.environment).to.equal(environment);
        expect(parsed.warnings).to.deep.equal([]);
      }
    });

    it(`${environment} names its schema for editors and disables default providers`, () => {
      expect(read(environment).split("\n")[0]).to.equal(
        "# yaml-language-server: $schema=docs/config.schema.json",
      );
      expect((parse(read(environment)) as { config: unknown }).config).to.deep.include({
        "pulumi:disable-default-providers": ["*"],
      });
    });
  }
});
