import type { Deployment } from "@pulumi/pulumi/automation/index.js";
import type { LocalLayout } from "../local-layout";
import type { Leftover } from "./phases";
import type { MadeAnyway } from "./recover";
import type { Phase, StackEvent, StackResult } from "./report";

/** What a worker is to do. The program it runs is the default export of a module. */
export interface Assignment {
  readonly stack: string;
  readonly programModule: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly phases: readonly Phase[];
  readonly policyPacks: readonly string[];
  readonly layout: LocalLayout;
  readonly env: Readonly<Record<string, string>>;
}

/** A question that only the process with the local clouds can answer. */
export type Question =
  | { readonly ask: "inventory"; readonly stack: string }
  | { readonly ask: "pendingCreates"; readonly exported: Deployment };

export type Answer = readonly Leftover[] | readonly MadeAnyway[];

export type ToWorker =
  | { readonly kind: "start"; readonly assignment: Assignment }
  | { readonly kind: "cancel" }
  | { readonly kind: "answer"; readonly id: number; readonly answer: Answer };

export type FromWorker =
  | { readonly kind: "event"; readonly event: StackEvent }
  | { readonly kind: "ask"; readonly id: number; readonly question: Question }
  | { readonly kind: "result"; readonly result: StackResult }
  | { readonly kind: "fault"; readonly message: string };
