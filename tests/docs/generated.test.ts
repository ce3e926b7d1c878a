import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { generatedPages } from "../../docs/pages";

const docs = path.join(__dirname, "../../docs");

describe("generated pages", () => {
  it("are what `npm run docs` writes", async () => {
    const pages = await generatedPages();
    expect(pages).to.have.length.greaterThan(2);
    for (const [file, text] of pages) {
      expect(
        readFileSync(path.join(docs, file), "utf8"),
        `docs/${file} is stale: run \`npm run docs\``,
      ).to.equal(text);
    }
  });
});
