/** What a report tells about a run beside its figures: who did it, with what, on which machine. */
export interface RunFacts {
  readonly id: string;
  /** Wall-clock time of second 0, ms since the epoch; absent if no iteration started. */
  readonly startedAtMs?: number;
  /** The command line that repeats this run. */
  readonly command: string;
  readonly seed: number;
  /** Name and version of every tool that took part, for example `{ k6: '2.2.0' }`. */
  readonly toolVersions: Readonly<Record<string, string>>;
  readonly host: HostFacts;
  /** The state of the source that was rehearsed, where it is known. */
  readonly source: { readonly branch?: string; readonly commit?: string };
  /** SHA-256 of everything that the verdict was made from, by name. */
  readonly sha256: () => Readonly<Record<string, string>>;
}

/** The machine that generated the load. */
export interface HostFacts {
  /** Operating system and architecture, for example `linux x64`. */
  readonly platform: string;
  readonly cpuModel?: string;
  readonly cores: number;
  readonly memoryMb: number;
}
