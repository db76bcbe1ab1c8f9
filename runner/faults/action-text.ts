/** Actions and checks in words, for journal and dry run. */
import type { Action, Check } from './types.ts';

const longestBody = 200;

/** `POST http://127.0.0.1:8474/proxies {"name":…}`. Headers are left out: they carry credentials. */
export function actionText(action: Action): string {
  switch (action.type) {
    case 'http': {
      const body = action.body === undefined ? '' : ` ${shortened(JSON.stringify(action.body))}`;
      return `${action.method} ${action.url}${body}`;
    }
    case 'process': {
      // Whole: it is what is applied.
      const input = action.input === undefined ? '' : ` <<< ${action.input.trim().replace(/\s+/g, ' ')}`;
      return `${[action.file, ...action.args].map(quoted).join(' ')}${input}`;
    }
    case 'signal':
      return `${action.signal} to ${processText(action.process)}`;
  }
}

/** `payment answers: GET http://…`. */
export function checkText({ name, action }: Check): string {
  return `${name}: ${actionText(action)}`;
}

function processText(named: Extract<Action, { type: 'signal' }>['process']): string {
  if ('pid' in named) return `process ${named.pid}`;
  if ('pidFile' in named) return `the process of ${named.pidFile}`;
  return `the process that ${named.command.map(quoted).join(' ')} names`;
}

function quoted(text: string): string {
  return /^[\w./:=@%,+-]+$/.test(text) ? text : JSON.stringify(text);
}

function shortened(text: string): string {
  return text.length > longestBody ? `${text.slice(0, longestBody)}…` : text;
}
