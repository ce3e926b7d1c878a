import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { configKeys } from "../../components/config/keys";
import { scripts } from "../../package.json";

const root = path.join(__dirname, "../..");

/** Every page that a reader may open, from the root of the project. */
function pages(folder = ""): string[] {
  return readdirSync(path.join(root, folder)).flatMap((entry) => {
    const page = path.join(folder, entry);
    if (entry === "node_modules" || entry.startsWith(".")) return [];
    if (statSync(path.join(root, page)).isDirectory()) return pages(page);
    return entry.endsWith(".md") ? [page] : [];
  });
}

const read = (page: string) => readFileSync(path.join(root, page), "utf8");

/** Commands of a page's shell blocks, without comments. */
function commands(page: string): string[] {
  const blocks = [...read(page).matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = ""]) => block);
  return blocks
    .flatMap((block) => block.split("\n").map((line) => line.replace(/#.*$/, "").trim()))
    .filter((line) => line !== "");
}

describe("pages", () => {
  for (const page of pages()) {
    it(`${page} links to what is there`, () => {
      const links = [...read(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link = ""]) => link);
      for (const link of links)
        expect(existsSync(path.join(root, path.dirname(page), link)), link).to.equal(true);
    });

    it(`${page} names scripts and keys that exist`, () => {
      for (const command of commands(page)) {
        const [, script] = /^npm (?:run (?:--silent |-s )?)?(\S+)/.exec(command) ?? [];
        if (script !== undefined) expect(Object.keys(scripts), command).to.include(script);
        const [, key] = /pulumi config set (?:--path )?([\w-]+)/.exec(command) ?? [];
        if (key !== undefined)
          expect(Object.keys(configKeys({ cloud: "aws", environment: "dev" })), command).to.include(key);
      }
    });
  }

  it("found the README's commands", () => {
    expect(commands("README.md")).to.include.members([
      "npm start",
      "npm test",
      "pulumi up --policy-pack policy",
    ]);
  });
});
