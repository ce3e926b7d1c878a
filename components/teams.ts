import { z } from "zod";
import type { ClusterOutputs } from "./cluster/contract";
import type { Platform } from "./core/capability";
import type { ObjectStorage } from "./object-storage";
import { dataBuckets } from "./object-storage/contract";
import { WorkloadIdentity } from "./workload-identity";

const teamSchema = z.strictObject({
  name: z
    .string()
    .regex(
      /^[a-z][a-z0-9-]{0,18}[a-z0-9]$/,
      "2 to 20 lower-case letters, digits and dashes, starting with a letter",
    )
    .describe("Unique name; it heads the team's prefix in every bucket.")
    .meta({ example: "fraud" }),
  members: z
    .array(z.string().min(1))
    .default([])
    .describe("Groups of the identity provider (OIDC).")
    .meta({ example: ["fraud-ds@example.com"] }),
});

/** What a stack may set as `teams`: who shares the platform. */
export const teamsSchema = z
  .array(teamSchema)
  .max(100)
  .superRefine((teams, ctx) => {
    const names = teams.map(({ name }) => name);
    names.forEach((name, index) => {
      if (names.indexOf(name) !== index) {
        ctx.addIssue({ code: "custom", path: [index, "name"], message: `a name that no other team has` });
      }
    });
  })
  .default([])
  .describe("Teams that share the platform; each gets an identity with access to its own prefix only.")
  .meta({ example: [{ name: "fraud", members: ["fraud-ds@example.com"] }] });

export type Team = z.output<typeof teamSchema>;

/** An identity for each team, by its name, that may use the team's own prefix of each bucket. */
export function teamIdentities(
  stack: Platform,
  storage: ObjectStorage,
  cluster: ClusterOutputs,
  teams: readonly Team[],
): Record<string, WorkloadIdentity> {
  const create = ({ name }: Team) =>
    new WorkloadIdentity(`team-${name}`, stack, {
      description: `Team ${name}: its own prefix of each bucket`,
      grants: dataBuckets.map((bucket) => storage.grant(bucket, `teams/${name}/`, "write")),
      cluster,
      serviceAccounts: [{ namespace: `team-${name}`, name: "workload" }],
    });
  return Object.fromEntries(teams.map((team) => [`team-${team.name}`, create(team)]));
}
