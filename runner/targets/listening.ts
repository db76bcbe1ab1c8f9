/** Which TCP ports a process listens on, from Linux' /proc; nothing is known elsewhere. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export interface ListeningPort {
  readonly pid: number;
  readonly port: number;
}

/** Ports that the process and what it started listen on, in ascending order. Empty where nothing is told. */
export function listeningPorts(pid: number): ListeningPort[] {
  const portOfInode = listeningInodes();
  const found = withDescendants(pid).flatMap((member) =>
    socketInodes(member).flatMap((inode) => {
      const port = portOfInode.get(inode);
      return port === undefined ? [] : [{ pid: member, port }];
    }),
  );
  const byPort = new Map(found.map((item) => [item.port, item]));
  return [...byPort.values()].sort((a, b) => a.port - b.port);
}

const listenState = '0A';

function listeningInodes(): Map<string, number> {
  const rows = ['tcp', 'tcp6'].flatMap((name) => (readText(`/proc/net/${name}`) ?? '').split('\n').slice(1));
  return new Map(
    rows.flatMap((row) => {
      const [, local = '', , state, , , , , , inode = ''] = row.trim().split(/\s+/);
      const port = Number.parseInt(local.split(':').at(-1) ?? '', 16);
      return state === listenState && port > 0 ? [[inode, port] as const] : [];
    }),
  );
}

function socketInodes(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  try {
    return readdirSync(folder).flatMap((name) => {
      const inode = /^socket:\[(\d+)\]$/.exec(readLink(`${folder}/${name}`) ?? '')?.[1];
      return inode === undefined ? [] : [inode];
    });
  } catch {
    return [];
  }
}

/** The process and all that descend from it. */
function withDescendants(pid: number): number[] {
  const parents = new Map(processIds().map((id) => [id, parentOf(id)]));
  const family = new Set([pid]);
  for (let before = 0; before !== family.size; ) {
    before = family.size;
    for (const [id, parent] of parents) if (parent !== undefined && family.has(parent)) family.add(id);
  }
  return [...family];
}

function processIds(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

function parentOf(pid: number): number | undefined {
  const stat = readText(`/proc/${pid}/stat`);
  // The name in parentheses may hold anything; the parent is the second field after it.
  return stat === undefined ? undefined : Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

/** Base name of the program that a process runs; undefined where that is not told. */
export function programOf(pid: number): string | undefined {
  return readLink(`/proc/${pid}/exe`)?.split('/').at(-1);
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function readLink(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
