/** `peakproof sandbox`: starts the stand-in, says where everything is, and waits. */
import { once } from 'node:events';
import { PeakproofError } from '../../scenarios/problem.ts';
import { createProgress } from '../live/progress.ts';
import { loadSuite } from '../load-suite.ts';
import { noSandbox } from '../targets/choose.ts';
import { readDefects } from '../targets/defects.ts';
import { brokenBy, readImpairments, startStandIn } from '../targets/sandbox.ts';
import type { SandboxCommandOptions } from './options.ts';
import { print, printJson, printStep } from './print.ts';
import { listenForStop } from './signals.ts';
import { table } from './table.ts';
import { parsePort } from './values.ts';

/** There is no run here whose folder would have its last words. */
const remedy = 'Start it again; see `peakproof doctor` for what is short.';

/** Resolves with the exit code, once it was told to end. */
export async function runSandbox(options: SandboxCommandOptions): Promise<number> {
  const { suite } = await loadSuite({ config: options.config, cwd: process.cwd() });
  if (suite.defaultTarget !== 'sandbox') throw noSandbox(suite.name);
  const port = options.port === undefined ? undefined : parsePort('--port', options.port);
  const impairments = await readImpairments(options.sandboxImpair ?? []);
  const defects = readDefects(options.defect ?? [], '--defect');
  const progress = createProgress(process.stderr, options.json === true);
  const signals = listenForStop(() => {});
  progress.step('starting the sandbox');
  const sandbox = await startStandIn({ impairments, defects, port }).finally(() => progress.done());
  try {
    const { gatewayUrl, linksUrl, targetsUrl, serviceUrls, control } = sandbox;
    if (options.json) printJson({ gatewayUrl, linksUrl, targetsUrl, serviceUrls, control });
    else {
      print(table([{ title: 'service' }, { title: 'address' }], Object.entries(serviceUrls)));
      print(`\nready in ${(sandbox.readyMs / 1000).toFixed(1)} s; links to everything: ${linksUrl}`);
      print(`for Prometheus (http_sd_configs): ${targetsUrl}`);
      print(`to break it (docs/sandbox.md): ${control.url}, token ${control.token}`);
      printStep('Ctrl-C ends it');
    }
    const died = sandbox.died.then((death): never => {
      if (death.lastWords !== '') printStep(death.lastWords);
      throw new PeakproofError({ ...brokenBy(death).problem, remedy });
    });
    if (!signals.stopSignal.aborted) await Promise.race([once(signals.stopSignal, 'abort'), died]);
  } finally {
    await sandbox.stop();
    signals.release();
  }
  return 0;
}
