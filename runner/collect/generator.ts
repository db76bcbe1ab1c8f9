/** The health of generator and machine, once a second: a run whose generator was the bottleneck proves nothing. */
import { cpus } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { EngineUsage } from '../engines/engine.ts';
import type { RunEvent } from './events.ts';
import { everySeconds } from './every-seconds.ts';

/** A shorter delay may be missed; each of its ticks wakes the runner, which costs as much as a probe. */
const delayResolutionMs = 50;

interface Reading {
  readonly atMs: number;
  readonly engine: EngineUsage | undefined;
  readonly runnerCpuSeconds: number;
  readonly machine: { readonly busyMs: number; readonly totalMs: number };
}

/** Starts reading; each record covers the time since the one before. Returns how to stop. */
export function startGeneratorHealth(
  engineUsage: () => EngineUsage | undefined,
  record: (event: RunEvent) => void,
): () => void {
  const delay = monitorEventLoopDelay({ resolution: delayResolutionMs });
  delay.enable();
  let before = read(Date.now(), engineUsage());
  const stop = everySeconds(1, 0, (atMs) => {
    const now = read(atMs, engineUsage());
    // The histogram holds whole intervals of its timer; what exceeds its resolution is delay.
    const eventLoopDelayMs = Math.max(0, delay.max / 1e6 - delayResolutionMs);
    delay.reset();
    record({ type: 'generator', atMs: before.atMs, health: { ...between(before, now), eventLoopDelayMs } });
    before = now;
  });
  return () => {
    stop();
    delay.disable();
  };
}

function read(atMs: number, engine: EngineUsage | undefined): Reading {
  const { user, system } = process.cpuUsage();
  return { atMs, engine, runnerCpuSeconds: (user + system) / 1e6, machine: machineTimes() };
}

function machineTimes(): Reading['machine'] {
  const times = cpus().map((cpu) => cpu.times);
  const totalMs = times.reduce((sum, cpu) => sum + cpu.user + cpu.nice + cpu.sys + cpu.idle + cpu.irq, 0);
  const idleMs = times.reduce((sum, cpu) => sum + cpu.idle, 0);
  return { busyMs: totalMs - idleMs, totalMs };
}

function between(before: Reading, now: Reading) {
  const seconds = (now.atMs - before.atMs) / 1000;
  const machineMs = now.machine.totalMs - before.machine.totalMs;
  const engine = now.engine && before.engine && { used: now.engine.cpuSeconds - before.engine.cpuSeconds };
  return {
    ...(engine && { k6Cores: engine.used / seconds }),
    ...(now.engine && { k6MemoryMb: now.engine.memoryMb }),
    runnerCores: (now.runnerCpuSeconds - before.runnerCpuSeconds) / seconds,
    // A machine that does not tell its times is not thereby idle.
    ...(machineMs > 0 && { machineBusyShare: (now.machine.busyMs - before.machine.busyMs) / machineMs }),
  };
}
