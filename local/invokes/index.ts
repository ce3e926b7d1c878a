import { CloudError } from "../cloud-error";
import type { Scope } from "../scope";
import type { Properties } from "../values";
import type { World } from "../world";
import { aws } from "./aws";
import { azure } from "./azure";
import { gcp } from "./gcp";

export interface InvokeRequest {
  readonly inputs: Properties;
  readonly scope: Scope;
  readonly world: World;
}

export type Invoke = (request: InvokeRequest) => Properties;

const invokes: Readonly<Record<string, Invoke>> = { ...aws, ...gcp, ...azure };

/** Answers a data source. @throws CloudError for one that is not modelled. */
export function invoke(token: string, request: InvokeRequest): Properties {
  const known = invokes[token];
  if (known === undefined) {
    throw new CloudError(
      "NotModelled",
      `the local clouds do not model ${token}; they know ${Object.keys(invokes).join(", ")}`,
    );
  }
  return known(request);
}
