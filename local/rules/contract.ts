import type { CloudError } from "../cloud-error";
import type { TypeSchema } from "../schema";
import type { Scope } from "../scope";
import type { Properties } from "../values";
import type { World } from "../world";

/** One thing that is being made, changed or read. */
export interface Subject {
  readonly type: string;
  readonly urn: string;
  /** Pulumi's logical name. */
  readonly name: string;
  readonly inputs: Properties;
  /** The physical id; empty while it is being worked out. */
  readonly id: string;
  readonly scope: Scope;
  /** What every invented value of the thing follows from. */
  readonly seed: string;
}

/** A property that the cloud, or its provider before it asks the cloud, refuses. */
export interface Problem {
  readonly property: string;
  /** What was given, what is allowed. */
  readonly reason: string;
}

/** Judges the inputs alone. Unknown values are no problem: they are judged when they are known. */
export type Check = (inputs: Properties) => Iterable<Problem>;

/** Judges a thing against what the cloud already holds. `before` is the thing itself when it is being updated. */
export type WorldCheck = (subject: Subject, world: World) => CloudError | undefined;

/** A property that names another thing, which must exist. */
export interface Reference {
  /** `vpcId`, `securityGroupIds[]`, `networkInterfaces[].subnetwork`, or a template such as `{resourceGroupName}`. */
  readonly path: string;
  /** What of the value names the other thing; all of it when left out. */
  readonly from?: (value: string) => string;
  /** The types that it may name; none listed means any, by a worldwide id. */
  readonly to: readonly string[];
  /** The cloud's error code when it does not exist. */
  readonly missing: string;
  /** The sentence after the code; `{value}` is what was given. */
  readonly sentence?: string;
  /** False when the other thing may be deleted first. */
  readonly held?: false;
  /** Values that name something the cloud itself provides. */
  readonly provided?: RegExp;
}

/** A value that is a template over the subject, or a function of it. */
export type Derived = string | ((subject: Subject, world: World) => unknown);

/** A name that only one thing may have. */
export interface Claim {
  /** Template of the name with everything that it is unique within. */
  readonly key: string;
  readonly code: string;
  readonly sentence: string;
}

/** What one resource type does in its cloud. Everything left out follows from the SDK's schema and the dialect. */
export interface TypeRule {
  /** The physical id. `{hex:17}` is 17 invented hexadecimal digits, `{bucket}` an input, `{region}` a fact. */
  readonly id: string | ((subject: Subject, world: World) => string);
  /** The property that gets a name when the program gives none; `none` for types whose name the id does not need. */
  readonly autoName?: string;
  /** What a generated name becomes where the type wants more than a plain name (`alias/…`). */
  readonly nameForm?: (name: string) => string;
  readonly checks?: readonly Check[];
  readonly references?: readonly Reference[];
  readonly refuses?: readonly WorldCheck[];
  /** Inputs whose change the real provider answers with a new resource. */
  readonly replaceOn?: readonly string[];
  /** Inputs whose change needs a new resource only in some directions, for example a range that shrinks. */
  readonly replaceWhen?: (olds: Properties, news: Properties) => readonly string[];
  /** A replacement must go before its successor comes, because both would need the same name or slot. */
  readonly deleteBeforeReplace?: true;
  /** What the cloud fills in where the program says nothing. */
  readonly defaults?: Readonly<Record<string, unknown>>;
  /** What the cloud works out. */
  readonly outputs?: Readonly<Record<string, Derived>>;
  /** Templates of further names by which other things may refer to it; `arn`, `selfLink` and `name` are always known. */
  readonly handles?: readonly string[];
  readonly claims?: readonly Claim[];
  /** The error when a thing with its id exists, where the dialect's does not fit. */
  readonly exists?: { readonly code: string; readonly sentence: string };
  /** The error when something that still uses it keeps it from being deleted. */
  readonly inUse?: { readonly code: string; readonly sentence: string };
  /** Types whose things go with this one when it is deleted, if they name it. */
  readonly takesAlong?: readonly string[];
  /** Refuses a deletion. */
  readonly keeps?: readonly WorldCheck[];
  /** Why a deleted thing's name stays taken; undefined when it does not. */
  readonly buried?: (subject: Subject) => string | undefined;
  /** The thing exists already wherever its parent does: creating it takes it over. */
  readonly adopts?: true;
}

export type RuleTable = Readonly<Record<string, TypeRule>>;

/** What all types of one provider have in common. */
export interface Dialect {
  readonly rules: RuleTable;
  /** The rule of a type that the table does not have. */
  readonly fallback: (schema: TypeSchema) => TypeRule;
  /** The physical name that a logical name gets. `seed` is the engine's, so that a preview's plan holds. */
  readonly autoName: (name: string, seed: string) => string;
  /** Inputs whose change makes a new thing of any type. */
  readonly replaceOn: readonly string[];
  /** Whether generated names are listed in `__defaults`, as providers bridged from Terraform do. */
  readonly listsDefaults: boolean;
  /** Judges any type's inputs: tags, labels. */
  readonly checks: readonly Check[];
  /** Outputs that any type of the provider may have; used where the schema has them. */
  readonly outputs: Readonly<Record<string, Derived>>;
  /** The form under which a reference is looked up: without host names, in one spelling. */
  readonly handle: (value: string) => string;
  /** The thing that must exist for one with this id to exist, and the refusal when it does not. */
  readonly container?: (id: string) => Container | undefined;
  /** Judges any creation, update or deletion: locks. */
  readonly guards?: readonly ((
    subject: Subject,
    world: World,
    operation: "write" | "delete",
  ) => CloudError | undefined)[];
  /** The refusal when a thing with the same id exists; `{id}` and inputs are filled in. */
  readonly exists: { readonly code: string; readonly sentence: string };
  /** The refusal of a deletion when the type's rule has none of its own. */
  readonly inUse: { readonly code: string; readonly sentence: string };
}

export interface Container {
  readonly id: string;
  readonly code: string;
  readonly sentence: string;
}
