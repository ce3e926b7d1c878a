import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { cloudResources } from "../support/mocks";
import { builtPlatform } from "../support/platforms";
import { namesAndTypes } from "../support/shape";
import { stacks } from "../support/targets";

/**
 * Exactly what each stack is made of, one line each: `name type`. A change here is a change of what users deploy; a name
 * that goes away is a resource that is deleted. To accept one: `UPDATE_GOLDEN=1 npm test -- golden`.
 */
describe("exactly these resources", () => {
  for (const { cloud, environment } of stacks) {
    it(`on ${cloud} in ${environment}`, async () => {
      const file = path.join(__dirname, "golden", `${cloud}-${environment}.txt`);
      const pairs = namesAndTypes(cloudResources(await builtPlatform(cloud, environment)));
      const actual = pairs.map((pair) => `${pair.join(" ")}\n`).join("");
      if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(file, actual);
      expect(existsSync(file), `${path.basename(file)} is missing`).to.equal(true);
      expect(actual).to.equal(readFileSync(file, "utf8"));
    });
  }

  it("never names two alike", async () => {
    for (const { cloud, environment } of stacks) {
      const pairs = namesAndTypes(cloudResources(await builtPlatform(cloud, environment))).map(String);
      expect(new Set(pairs).size).to.equal(pairs.length);
    }
  });
});
