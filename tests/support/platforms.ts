import type { Cloud, Environment } from "../../components/core/cloud";
import { type Recording, record } from "./mocks";
import { platform } from "./program";
import { stackConfig } from "./targets";

type Outputs = Awaited<ReturnType<typeof platform>>;

const recorded = new Map<string, Promise<Recording<Outputs>>>();

/**
 * The whole platform, built under mocks once for each cloud and environment: mocks are global, so builds take turns, and
 * every test of the run looks at the same one.
 */
export function builtPlatform(cloud: Cloud, environment: Environment): Promise<Recording<Outputs>> {
  const key = `${cloud} ${environment}`;
  const building = recorded.get(key) ?? lastBuild().then(() => build(cloud, environment));
  recorded.set(key, building);
  return building;
}

async function lastBuild(): Promise<void> {
  await Promise.allSettled(recorded.values());
}

function build(cloud: Cloud, environment: Environment) {
  const teams = [{ name: "fraud", members: ["fraud-ds@example.com"] }];
  const imageRegistry = {
    repositories: ["ml-platform", "serving/churn"],
    ci: { repository: "acme/ml-models", environment },
  };
  return record(platform, { config: stackConfig(cloud, { teams, imageRegistry }), stack: environment });
}
