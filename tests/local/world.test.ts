import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { keyOf, World, type WorldItem } from "../../local/world";

function item(id: string, more: Partial<WorldItem> = {}): WorldItem {
  return {
    package: "aws",
    type: "aws:s3/bucket:Bucket",
    id,
    urn: `urn:pulumi:dev::p::aws:s3/bucket:Bucket::${id}`,
    stack: "dev",
    inputs: { bucket: id },
    outputs: { bucket: id, arn: `arn:aws:s3:::${id}` },
    scope: "1",
    generation: 0,
    handles: [`arn:aws:s3:::${id}`],
    claims: [`bucket ${id}`],
    uses: [],
    ...more,
  };
}

describe("the world on disk", () => {
  let folder: string;
  let journal: string;
  const open = () => World.open(folder, ["aws", "gcp"]);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "world-"));
    journal = join(folder, "aws.jsonl");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("knows after a reopen what it held, without having been closed", () => {
    const world = open();
    world.put(item("one"));
    world.put(item("two", { stack: "prod" }));
    world.delete(item("one"));
    const again = open();
    expect(again.inventory().map(({ id }) => id)).to.deep.equal(["two"]);
    expect(again.inventory("dev")).to.be.empty;
    expect(again.find(["aws:s3/bucket:Bucket"], "ARN:aws:s3:::two", "1")?.id).to.equal("two");
  });

  it("ignores a line that a kill tore", () => {
    const world = open();
    world.put(item("one"));
    world.put(item("two"));
    const text = readFileSync(journal, "utf8");
    writeFileSync(journal, text.slice(0, -20));
    expect(
      open()
        .inventory()
        .map(({ id }) => id),
    ).to.deep.equal(["one"]);
  });

  it("keeps what is written after a torn line", () => {
    open().put(item("one"));
    appendFileSync(journal, '{"put":{"pack');
    const world = open();
    world.put(item("two"));
    expect(open().inventory()).to.have.length(2);
  });

  it("holds only what is alive after it was opened", () => {
    const world = open();
    for (let i = 0; i < 50; i++) world.put(item("one", { inputs: { i } }));
    open();
    expect(readFileSync(journal, "utf8").trim().split("\n")).to.have.length(2);
  });

  it("gives a successor of a deleted thing another generation, also after a reopen", () => {
    const world = open();
    const { urn } = item("one");
    expect(world.generationOf(urn)).to.equal(0);
    world.put(item("one"));
    world.delete(item("one"));
    expect(world.generationOf(urn)).to.equal(1);
    expect(open().generationOf(urn)).to.equal(1);
  });

  it("keeps a buried thing's names taken, apart from the inventory, until it is recovered", () => {
    const world = open();
    world.put(item("one"));
    const { package: name, type, id, urn, claims } = item("one");
    world.delete(item("one"), { package: name, type, id, urn, claims, reason: "soft-deleted" });
    const again = open();
    expect(again.inventory()).to.be.empty;
    expect(again.holderOf("bucket one")).to.include({ reason: "soft-deleted" });
    again.recover(again.tombstones()[0]!);
    expect(again.holderOf("bucket one")).to.equal(undefined);
    expect(open().tombstones()).to.be.empty;
  });

  it("knows who uses what", () => {
    const world = open();
    const one = item("one");
    world.put(one);
    world.put(item("two", { uses: [{ key: keyOf(one), held: true }] }));
    expect(world.usersOf(keyOf(one)).map(({ id }) => id)).to.deep.equal(["two"]);
    world.remove("two");
    expect(world.usersOf(keyOf(one))).to.be.empty;
  });

  it("changes and removes things behind Pulumi's back, by id or URN", () => {
    const world = open();
    world.put(item("one", { inputs: { bucket: "one", acl: "private" } }));
    expect(world.change("one", { acl: undefined, policy: "x" }).inputs).to.deep.equal({
      bucket: "one",
      policy: "x",
    });
    world.remove(item("one").urn);
    expect(world.inventory()).to.be.empty;
    expect(() => world.change("one", {})).to.throw("hold nothing with the id or URN one");
  });
});
