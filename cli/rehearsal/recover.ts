import { existsSync } from "node:fs";
import { readdir, readFile, rm } from "node:fs/promises";
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

/** A create that was cut off, and the id of what the cloud made all the same; undefined when it made nothing. */
export interface MadeAnyway {
  readonly urn: string;
  readonly id: string | undefined;
}

interface PendingOperation {
  readonly type: string;
  readonly resource: { readonly urn: string; readonly id?: string };
}

interface Deployment {
  readonly pending_operations?: readonly PendingOperation[];
}

/** The operations that a killed run left open. */
export async function pendingOperations(stack: Stack): Promise<readonly PendingOperation[]> {
  return pendingOf(await stack.exportStack());
}

function pendingOf(exported: ExportedDeployment): readonly PendingOperation[] {
  return (exported.deployment as Deployment | undefined)?.pending_operations ?? [];
}

/**
 * Settles the operations that a killed run left open, so that the next `up` neither doubles nor loses anything: a
 * create that the cloud did carry out is imported into the state, one that it never saw is struck out; updates and
 * deletes are settled by the refresh, which reads what there is.
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
  const pending = pendingOf(exported);
  if (pending.length === 0) return;
  const made = new Map((await askCloud(exported)).map(({ urn, id }) => [urn, id]));
  const kept: PendingOperation[] = [];
  let struck = 0;
  for (const operation of pending) {
    const id = made.get(operation.resource.urn);
    if (operation.type !== "creating") kept.push(operation);
    else if (id === undefined) struck++;
    else kept.push({ type: "importing", resource: { ...operation.resource, id } });
  }
  const deployment = { ...(exported.deployment as Deployment), pending_operations: kept };
  await stack.importStack({ ...exported, deployment });
  const imported = kept.filter(({ type }) => type === "importing").length;
  note(
    `${pending.length} operations were cut off: ${imported} creates imported, ${struck} never reached the cloud, ` +
      `${kept.length - imported} others read again`,
  );
  if (kept.length > 0) await stack.refresh({ color: "never", onOutput: log, onError: log });
}
