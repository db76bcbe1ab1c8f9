/** Providers of activities as actions: HTTP requests and processes. Python is not run. */
import type { Path } from '../../../slo/openslo/documents.ts';
import type { Action } from '../types.ts';
import type { Provider } from './experiment.ts';
import type { Findings } from './findings.ts';

export interface ProviderContext {
  readonly findings: Findings;
  /** Lets process arguments that are one text go through a shell, as Chaos Toolkit does. */
  readonly allowShell: boolean;
}

type Method = Extract<Action, { type: 'http' }>['method'];

const methods: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] satisfies Method[];

const isMethod = (text: string): text is Method => methods.includes(text);

/** What a provider does; undefined if it cannot be done here, which is then told. */
export function actionOf(
  provider: Provider,
  path: Path,
  defaultTimeoutMs: number,
  context: ProviderContext,
): Action | undefined {
  const timeoutMs = timeoutOf(provider) ?? defaultTimeoutMs;
  if (provider.type === 'http') return requestOf(provider, path, timeoutMs, context);
  if (provider.type === 'process') return processOf(provider, path, timeoutMs, context);
  const what =
    provider.type === 'python' ? 'Python is not run here' : `there is no provider ${provider.type}`;
  context.findings.add('UNSUPPORTED_EXPERIMENT', [...path, 'type'], `${what}; http and process are`);
  return undefined;
}

function timeoutOf({ timeout }: Provider): number | undefined {
  const seconds = Array.isArray(timeout) ? timeout.reduce((sum, part) => sum + part, 0) : timeout;
  return seconds === undefined || seconds === 0 ? undefined : seconds * 1000;
}

function requestOf(
  provider: Provider,
  path: Path,
  timeoutMs: number,
  { findings }: ProviderContext,
): Action | undefined {
  const { url, method: text = 'GET', headers = {}, expected_status: expected, arguments: given } = provider;
  const method = text.toUpperCase();
  if (url === undefined || !URL.canParse(url)) {
    findings.add('INVALID_EXPERIMENT', [...path, 'url'], url === undefined ? 'is missing' : 'is not a URL');
    return undefined;
  }
  if (!isMethod(method)) {
    findings.add(
      'UNSUPPORTED_EXPERIMENT',
      [...path, 'method'],
      `${text} is not sent; ${methods.join(', ')} are`,
    );
    return undefined;
  }
  const base = { type: 'http', method, headers, timeoutMs } as const;
  const done = expected === undefined ? {} : { doneStatus: [expected] };
  if (given === undefined || given === null) return { ...base, ...done, url };
  if (method === 'GET') return { ...base, ...done, url: withQuery(url, given as object) };
  if (!isJson(headers)) {
    const remedy = 'Say Content-Type: application/json under headers, if the endpoint takes it.';
    findings.add('UNSUPPORTED_EXPERIMENT', [...path, 'arguments'], 'forms are not sent; JSON is', remedy);
    return undefined;
  }
  return { ...base, ...done, url, body: given };
}

function withQuery(url: string, given: object): string {
  const filled = new URL(url);
  for (const [name, value] of Object.entries(given)) filled.searchParams.append(name, String(value));
  return filled.href;
}

function isJson(headers: Readonly<Record<string, string>>): boolean {
  return Object.entries(headers).some(
    ([name, value]) => name.toLowerCase() === 'content-type' && value.startsWith('application/json'),
  );
}

function processOf(
  { path: file, arguments: given }: Provider,
  path: Path,
  timeoutMs: number,
  { findings, allowShell }: ProviderContext,
): Action | undefined {
  if (file === undefined) {
    findings.add('INVALID_EXPERIMENT', [...path, 'path'], 'is missing');
    return undefined;
  }
  if (typeof given !== 'string') return { type: 'process', file, args: argumentsOf(given), timeoutMs };
  if (allowShell) return { type: 'process', file: 'sh', args: ['-c', `${file} ${given}`], timeoutMs };
  findings.add('EXPERIMENT_NEEDS_SHELL', [...path, 'arguments'], 'one text would go through a shell');
  return undefined;
}

/** A list as it is; of an object names and values in turn, without those that are empty, as Chaos Toolkit does. */
function argumentsOf(given: unknown): string[] {
  if (typeof given !== 'object' || given === null) return [];
  const parts = Array.isArray(given) ? given : Object.entries(given).flat();
  return parts.filter((part) => part !== '' && part !== null).map(String);
}
