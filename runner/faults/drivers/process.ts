/** Faults by signals to processes of this machine: killed and started again, or stopped and continued. */
import { isAbsolute } from 'node:path';
import { z } from 'zod';
import type { PlannedFault } from '../../../profiles/faults.ts';
import { type Problem, problem } from '../../../scenarios/problem.ts';
import { findProcess, type NamedProcess, startTicksOf } from '../../process/named-process.ts';
import type { Action, FaultDriver, FaultProcedure, FaultTarget } from '../types.ts';
import { checksOf, probeProblems, probesSchema, settingsProblem } from './probes.ts';

const command = z.array(z.string()).min(1);

const processSchema = z
  .strictObject({
    /** One of three ways to name the process; the last two find it again after a restart. */
    pid: z.int().min(2).optional(),
    pidFile: z
      .string()
      .refine((path) => isAbsolute(path), 'must be an absolute path')
      .optional(),
    command: command.optional(),
    /** Starts it again after a crash, returns, and does nothing if it runs. Absent if something else restarts it. */
    restart: command.optional(),
    restartSeconds: z.number().positive().max(600).default(30),
  })
  .refine(
    ({ pid, pidFile, command }) => [pid, pidFile, command].filter((way) => way !== undefined).length === 1,
    'must name its process by exactly one of pid, pidFile and command',
  );

const settings = z.strictObject({
  processes: z.record(z.string(), processSchema),
  probes: probesSchema,
});

type ProcessSettings = z.infer<typeof settings>;
type ProcessPart = z.infer<typeof processSchema>;

export const processDriver: FaultDriver<ProcessSettings> = {
  name: 'process',
  kinds: ['crash', 'hang'],
  settings,
  check: async (own, faults, target) => {
    if (process.platform !== 'linux') {
      const cause = 'driver process needs Linux: only there it can tell that a pid is still the same process';
      return [problem('FAULT_DRIVER_UNUSABLE', cause)];
    }
    const services = [...new Set(faults.map(({ service }) => service))];
    const found = await Promise.all(services.map((service) => processProblems(own, service)));
    return [...found.flat(), ...stalePids(own, faults), ...probeProblems(faults, own.probes, target)];
  },
  describe: procedures,
  prepare: async (own, faults, { target }) => ({
    procedures: procedures(own, faults, target),
    stop: async () => {},
  }),
};

function procedures(own: ProcessSettings, faults: readonly PlannedFault[], target: FaultTarget) {
  return faults.flatMap((fault): FaultProcedure[] => {
    const part = own.processes[fault.service];
    const named = part && nameOf(part);
    if (part === undefined || named === undefined) return [];
    const signal = (name: NodeJS.Signals): Action => ({ type: 'signal', process: named, signal: name });
    const checks = checksOf(fault, own.probes, target);
    if (fault.kind === 'hang') {
      return [
        { fault, driver: 'process', inject: [signal('SIGSTOP')], rollBack: [signal('SIGCONT')], ...checks },
      ];
    }
    return [{ fault, driver: 'process', inject: [signal('SIGKILL')], rollBack: restartOf(part), ...checks }];
  });
}

function restartOf({ restart, restartSeconds }: ProcessPart): Action[] {
  if (restart === undefined) return [];
  const [file = '', ...args] = restart;
  return [{ type: 'process', file, args, timeoutMs: restartSeconds * 1000 }];
}

/** The process as it is found now; undefined if a pid is not in use. */
function nameOf({ pid, pidFile, command }: ProcessPart): NamedProcess | undefined {
  if (pidFile !== undefined) return { pidFile };
  if (command !== undefined) return { command };
  if (pid === undefined) return undefined;
  const startTicks = startTicksOf(pid);
  return startTicks === undefined ? undefined : { pid, startTicks };
}

/** A process that cannot be found, or that this user may not signal. */
async function processProblems(own: ProcessSettings, service: string): Promise<Problem[]> {
  const part = own.processes[service];
  const where = `processes.${service}`;
  if (part === undefined) return [settingsProblem(`${where} is missing: nothing says which process that is`)];
  const named = nameOf(part);
  try {
    const pid = named && (await findProcess(named));
    if (pid === undefined) return [settingsProblem(`${where}: no such process runs`)];
    process.kill(pid, 0);
    return [];
  } catch (error) {
    return [settingsProblem(`${where}: ${(error as Error).message}`)];
  }
}

/** A bare pid ends with its process: whatever is planned after a crash would find nobody. */
function stalePids(own: ProcessSettings, faults: readonly PlannedFault[]): Problem[] {
  const services = Object.entries(own.processes).filter(([, part]) => part.pid !== undefined);
  return services.flatMap(([service]) => {
    const planned = faults.filter((fault) => fault.service === service);
    const crash = planned.findIndex(({ kind }) => kind === 'crash');
    if (crash === -1 || crash === planned.length - 1) return [];
    return [
      settingsProblem(`processes.${service}: a pid ends with the first crash; name it by pidFile or command`),
    ];
  });
}
