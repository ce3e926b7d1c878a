import { expect } from "chai";
import fc from "fast-check";
import { clouds } from "../../../components/core/cloud";
import { bucketNames } from "../../../components/object-storage/contract";
import { lifecycleNotes, lifecycleRules } from "../../../components/object-storage/lifecycle";

const transitions = (cloud: (typeof clouds)[number], days: number, bucket: (typeof bucketNames)[number]) =>
  lifecycleRules(cloud, days, bucket).flatMap((rule) =>
    rule.transitions.map(({ tier, days: day }) => [rule.prefix, tier, day]),
  );

describe("lifecycle", () => {
  it("moves training data on days 30, 90 and 365 and deletes it after retentionDays", () => {
    for (const cloud of clouds) {
      expect(transitions(cloud, 2555, "data")).to.deep.equal([
        ["training-data/", "warm", 30],
        ["training-data/", "cold", 90],
        ["training-data/", "archive", 365],
      ]);
      expect(lifecycleRules(cloud, 2555, "data").map(({ expireDays }) => expireDays)).to.deep.equal([2555]);
    }
  });

  it("leaves out what would come on or after the day of deletion, and says so", () => {
    expect(transitions("gcp", 90, "data")).to.deep.equal([["training-data/", "warm", 30]]);
    expect(lifecycleNotes("gcp", 90)).to.deep.equal([
      "the move of training-data/ to cold storage after 90 days is left out: the objects are deleted after 90 days (retentionDays)",
      "the move of training-data/ to archive storage after 365 days is left out: the objects are deleted after 90 days (retentionDays)",
    ]);
  });

  it("moves models on days 7 and 30, but on S3 not before day 30, and says so", () => {
    for (const cloud of ["gcp", "azure"] as const) {
      expect(transitions(cloud, 90, "models")).to.deep.equal([
        ["models/", "warm", 7],
        ["models/", "cold", 30],
      ]);
    }
    expect(transitions("aws", 90, "models")).to.deep.equal([["models/", "cold", 30]]);
    expect(lifecycleNotes("aws", 2555)).to.deep.equal([
      "the move of models/ to warm storage after 7 days is left out: aws takes it from day 30 on",
    ]);
  });

  it("never expires models and deletes their old versions after 90 days", () => {
    for (const cloud of clouds) {
      const [rule] = lifecycleRules(cloud, 30, "models");
      expect([rule?.expireDays, rule?.noncurrentDays]).to.deep.equal([undefined, 90]);
    }
  });

  it("keeps transitions in order and before the deletion, whatever retentionDays is", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...clouds),
        fc.integer({ min: 30, max: 2555 }),
        fc.constantFrom(...bucketNames),
        (cloud, days, bucket) => {
          for (const rule of lifecycleRules(cloud, days, bucket)) {
            const moments = [
              ...rule.transitions.map((transition) => transition.days),
              rule.expireDays ?? Infinity,
            ];
            expect(moments).to.deep.equal([...new Set(moments)].sort((a, b) => a - b));
          }
        },
      ),
    );
  });
});
