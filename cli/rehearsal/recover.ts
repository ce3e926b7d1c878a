import { existsSync } from "node:fs";
import { copyFile, readdir, readFile, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Deployment as ExportedDeployment, Stack } from "@pulumi/pulumi/automation/index.js";
import { isAlive } from "../../engine/lock";

/** What the file backend writes into a lock. */
interface Lock {
  readonly pid: number;
  readonly hostname: string;
  readonly timestamp: string;
}

/** How long a run waits for an engine that is still ending, in milliseconds. */
const patienceMs = 10_000;

/** Another run holds the stack. */
export class StackLockedError extends Error {
  override readonly name = "StackLockedError";
}

/**
 * Releases locks of runs that died. A holder that lives is given some seconds: an engine whose program was killed
 * ends by itself.
 *
 * @param locks - the backend's lock directory of one stack.
 * @throws StackLockedError when another run holds the stack.
 */
export async function releaseDeadLocks(locks: string, note: (text: string) => void): Promise<void> {
  if (!existsSync(locks)) return;
  // Beside each lock the backend keeps a file of its attributes (.attrs).
  for (const file of (await readdir(locks)).filter((name) => name.endsWith(".json"))) {
    const path = join(locks, file);
    const lock = await readLock(path);
    if (lock === undefined) continue;
    const since = lock.timestamp.slice(0, 19).replace("T", " ");
    for (let waited = 0; isHeld(lock) && waited < patienceMs && existsSync(path); waited += 500)
      await sleep(500);
    if (!existsSync(path)) continue;
    if (isHeld(lock)) {
      throw new StackLockedError(
        `process ${lock.pid} on ${lock.hostname === hostname() ? "this machine" : lock.hostname} has held this stack since ${since}; ` +
          "wait for it, or end it and run again",
      );
    }
    await removeLock(path);
    note(`lock of process ${lock.pid}, taken ${since}, released: that process is gone`);
  }
}

async function readLock(path: string): Promise<Lock | undefined> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as Lock;
  } catch {
    // Gone meanwhile, or torn by a kill: a lock without a holder.
    await removeLock(path);
    return undefined;
  }
}

async function removeLock(path: string): Promise<void> {
  await rm(path, { force: true });
  await rm(`${path}.attrs`, { force: true });
}

function isHeld(lock: Lock): boolean {
  return lock.hostname !== hostname() || isAlive(lock.pid);
}

/**
 * Makes a stack's file readable again after a kill. The file backend puts the file itself in place in one stroke, but not
 * the attributes that it keeps beside it (.attrs): torn ones make the file unreadable ("EOF") and are not needed. Where
 * the disk lost the file's own content, the version before it (.bak) is put back; what only the lost one knew is then
 * told by destroy, which finds it still in the cloud.
 *
 * @param checkpoint - the stack's file in the backend.
 */
export async function restoreTornCheckpoint(checkpoint: string, note: (text: string) => void): Promise<void> {
  const before = `${checkpoint}.bak`;
  for (const attributes of [`${checkpoint}.attrs`, `${before}.attrs`]) {
    if (existsSync(attributes) && !(await isWhole(attributes))) await rm(attributes);
  }
  if (!existsSync(checkpoint) || (await isWhole(checkpoint))) return;
  if (existsSync(before) && (await isWhole(before))) {
    await copyFile(before, checkpoint);
    note("the state was being written when a run was killed; its last whole version is put back");
  } else {
    await rm(checkpoint, { force: true });
    note("the state was being written for the first time when a run was killed; it begins anew");
  }
}

async function isWhole(file: string): Promise<boolean> {
  try {
    JSON.parse(await readFile(file, "utf8"));
    return true;
  } catch {
    return false;
  }
}

/** A create that was cut off, and the id of what the cloud made all the same; undefined when it made nothing. */
export interface MadeAnyway {
  readonly urn: string;
  readonly id: string | undefined;
}

interface PendingOperation {
  readonly type: string;
  readonly resource: ResourceState;
}

/** A resource as the state holds it; only what is used here. */
interface ResourceState {
  readonly urn: string;
  readonly id?: string;
  readonly delete?: boolean;
}

interface Deployment {
  readonly pending_operations?: readonly PendingOperation[];
  readonly resources?: readonly ResourceState[];
}

/**
 * Settles the operations that a killed run left open, so that the next `up` neither doubles nor loses anything: what
 * a cut-off create made all the same is taken into the state, and the refresh reads its outputs; a create that the
 * cloud never saw is struck out; updates and deletes are settled by the refresh, which reads what there is.
 *
 * Engine 3.255.0 has `pulumi refresh --import-pending-creates` for the first of these, but it only renames the
 * operation and never imports anything (tried 2026-11-21), so the state is edited here.
 *
 * @param askCloud - what the cloud made of each cut-off create of an exported stack.
 */
export async function settlePending(
  stack: Stack,
  askCloud: (exported: ExportedDeployment) => Promise<readonly MadeAnyway[]>,
  note: (text: string) => void,
  log: (text: string) => void,
): Promise<void> {
  const exported = await stack.exportStack();
  const deployment = (exported.deployment ?? {}) as Deployment;
  const pending = deployment.pending_operations ?? [];
  if (pending.length === 0) return;
  const made = new Map((await askCloud(exported)).map(({ urn, id }) => [urn, id]));
  const creates = pending.filter(({ type }) => type === "creating");
  const adopted = creates.flatMap(({ resource }) => {
    const id = made.get(resource.urn);
    return id === undefined ? [] : [{ ...resource, id }];
  });
  const others = pending.filter(({ type }) => type !== "creating");
  const resources = [...superseded(deployment.resources ?? [], adopted), ...adopted];
  await stack.importStack({
    ...exported,
    deployment: { ...deployment, resources, pending_operations: others },
  });
  note(
    `${pending.length} operations were cut off: ${adopted.length} finished by the cloud and taken into the state, ` +
      `${creates.length - adopted.length} never reached it, ${others.length} updates or deletes read again`,
  );
  if (adopted.length + others.length > 0)
    await stack.refresh({ color: "never", onOutput: log, onError: log });
}

/** A resource whose replacement was made already is only waiting for its deletion. */
function superseded(resources: readonly ResourceState[], adopted: readonly ResourceState[]): ResourceState[] {
  const replaced = new Set(adopted.map(({ urn }) => urn));
  return resources.map((resource) => (replaced.has(resource.urn) ? { ...resource, delete: true } : resource));
}
