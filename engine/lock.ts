import { mkdir, open, readFile, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Time between two looks at a lock that another process holds, in milliseconds. */
const pollMs = 500;

/**
 * Runs `work` while holding a lock file, so that two processes do not do it at once. A lock whose holder is dead is
 * taken over.
 *
 * @param waiting - called once when another process holds the lock, with that process's id.
 */
export async function withLock<T>(
  path: string,
  waiting: (holder: string) => void,
  work: () => Promise<T>,
): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  for (let told = false; !(await tryLock(path)); told = true) {
    const holder = await holderOf(path);
    if (holder !== undefined && !isAlive(holder)) {
      await rm(path, { force: true });
      continue;
    }
    if (!told) waiting(String(holder ?? "?"));
    await sleep(pollMs);
  }
  const release = () => rm(path, { force: true });
  try {
    return await work();
  } finally {
    await release();
  }
}

async function tryLock(path: string): Promise<boolean> {
  try {
    const file = await open(path, "wx");
    await file.writeFile(String(process.pid));
    await file.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Process id in the lock; undefined while its holder is still writing it, or when it is already gone. */
async function holderOf(path: string): Promise<number | undefined> {
  const text = await readFile(path, "utf8").catch(() => "");
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

/** Whether a process of this machine exists. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
