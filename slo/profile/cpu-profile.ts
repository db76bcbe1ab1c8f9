/** Where the time went, from a CPU profile as V8 writes it (`.cpuprofile`). */
import { proportionInterval } from '../statistics/proportion.ts';
import type { FlameNode, FunctionShare } from './node.ts';

/** V8's format (Chrome DevTools Protocol, Profiler.Profile): only what is read here. */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  /** µs. */
  readonly startTime: number;
  readonly endTime: number;
  readonly samples?: readonly number[];
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: {
    readonly functionName: string;
    readonly url: string;
    /** From 0. */
    readonly lineNumber: number;
  };
  readonly children?: readonly number[];
}

export interface CpuAnalysis {
  /** Samples in which the thread was not idle. */
  readonly busySamples: number;
  readonly samples: number;
  readonly busyShare: number;
  readonly seconds: number;
  /** The busiest first, by their own time. */
  readonly functions: readonly FunctionShare[];
  readonly flame: FlameNode;
}

const idleName = '(idle)';
const rootName = '(root)';
/** Less than this share is not drawn: it would be thinner than a pixel, and there are thousands of them. */
const leastFlameShare = 0.002;
const mostFunctions = 40;

/** Samples stand for equal times: V8 takes them at a fixed interval. */
export function analyseCpuProfile(profile: CpuProfile): CpuAnalysis {
  const counts = new Map<number, number>();
  for (const id of profile.samples ?? []) counts.set(id, (counts.get(id) ?? 0) + 1);
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const isIdle = (node: ProfileNode | undefined) => node?.callFrame.functionName === idleName;
  const samples = profile.samples?.length ?? 0;
  const idle = [...counts].reduce((sum, [id, count]) => (isIdle(nodes.get(id)) ? sum + count : sum), 0);
  const busySamples = samples - idle;
  const root = profile.nodes.find(({ callFrame }) => callFrame.functionName === rootName) ?? profile.nodes[0];
  const tally = new Tally(nodes, counts);
  const flame = root === undefined ? emptyFlame : tally.visit(root);
  return {
    busySamples,
    samples,
    busyShare: samples === 0 ? 0 : busySamples / samples,
    seconds: (profile.endTime - profile.startTime) / 1e6,
    functions: tally.functions(busySamples),
    flame: pruned({ ...flame, name: 'all busy time', samples: busySamples }, busySamples * leastFlameShare),
  };
}

const emptyFlame: FlameNode = { name: '', file: '', line: 0, samples: 0, children: [] };

interface Sums {
  readonly frame: ProfileNode['callFrame'];
  self: number;
  total: number;
}

/** Adds up samples by function while the tree is walked once. */
class Tally {
  readonly #sums = new Map<string, Sums>();
  readonly #nodes: ReadonlyMap<number, ProfileNode>;
  readonly #counts: ReadonlyMap<number, number>;
  /** Functions on the stack of the node that is visited. */
  readonly #above = new Set<string>();

  constructor(nodes: ReadonlyMap<number, ProfileNode>, counts: ReadonlyMap<number, number>) {
    this.#nodes = nodes;
    this.#counts = counts;
  }

  /** A function that calls itself is counted once in its total. */
  visit(node: ProfileNode): FlameNode {
    const { callFrame } = node;
    const key = keyOf(callFrame);
    const self = this.#counts.get(node.id) ?? 0;
    const isWithinItself = this.#above.has(key);
    this.#above.add(key);
    const children = (node.children ?? []).flatMap((id) => {
      const child = this.#nodes.get(id);
      return child === undefined || child.callFrame.functionName === idleName ? [] : [this.visit(child)];
    });
    if (!isWithinItself) this.#above.delete(key);
    const samples = self + children.reduce((sum, child) => sum + child.samples, 0);
    this.#add(key, callFrame, self, isWithinItself ? 0 : samples);
    return { ...placeOf(callFrame), samples, children: joined(children) };
  }

  #add(key: string, frame: Sums['frame'], self: number, total: number): void {
    if (frame.functionName === rootName) return;
    const sums = this.#sums.get(key) ?? { frame, self: 0, total: 0 };
    sums.self += self;
    sums.total += total;
    this.#sums.set(key, sums);
  }

  functions(busySamples: number): FunctionShare[] {
    return [...this.#sums.values()]
      .filter(({ self }) => self > 0)
      .sort((a, b) => b.self - a.self)
      .slice(0, mostFunctions)
      .map(({ frame, self, total }) => ({
        ...placeOf(frame),
        selfShare: { value: self / busySamples, ...proportionInterval(self, busySamples) },
        totalShare: total / busySamples,
      }));
  }
}

function keyOf({ functionName, url, lineNumber }: ProfileNode['callFrame']): string {
  return `${functionName}\n${url}\n${lineNumber}`;
}

function placeOf({ functionName, url, lineNumber }: ProfileNode['callFrame']) {
  return { name: functionName || '(anonymous)', file: url, line: url === '' ? 0 : lineNumber + 1 };
}

/** Calls of one function from one place are one box. */
function joined(children: readonly FlameNode[]): FlameNode[] {
  const byPlace = new Map<string, FlameNode[]>();
  for (const child of children) {
    const place = `${child.name}\n${child.file}\n${child.line}`;
    byPlace.set(place, [...(byPlace.get(place) ?? []), child]);
  }
  return [...byPlace.values()].map((same) => {
    const [first = emptyFlame] = same;
    if (same.length === 1) return first;
    const samples = same.reduce((sum, node) => sum + node.samples, 0);
    return { ...first, samples, children: joined(same.flatMap((node) => node.children)) };
  });
}

function pruned(node: FlameNode, least: number): FlameNode {
  const kept = node.children.filter(({ samples }) => samples > 0 && samples >= least);
  const children = kept.sort((a, b) => b.samples - a.samples).map((child) => pruned(child, least));
  return { ...node, children };
}
