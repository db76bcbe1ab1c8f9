/** The Chrome DevTools Protocol of one thread of a Node process, over the websocket of its inspector. */
import { WebSocket } from 'undici';

type Params = Readonly<Record<string, unknown>>;

export interface InspectorSession {
  /**
   * Sends a command and resolves with its result.
   * @throws Error if the thread refuses, does not answer in time, or is gone.
   */
  send<T>(method: string, params?: Params): Promise<T>;
  /** Calls `listener` with the parameters of each event of that name. */
  on(event: string, listener: (params: never) => void): void;
  close(): void;
}

/** A thread that is stuck must not stop us; a forced collection of a large heap takes seconds. */
const patienceMs = 20_000;
const connectPatienceMs = 5_000;

interface Incoming {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** Connects to the inspector's address (`ws://127.0.0.1:…`). @throws Error if nobody answers there. */
export async function openInspector(address: string): Promise<InspectorSession> {
  const socket = new WebSocket(address);
  await new Promise<void>((opened, failed) => {
    const timer = setTimeout(() => {
      socket.close();
      failed(new Error('it did not answer'));
    }, connectPatienceMs);
    const settle = (act: () => void) => () => {
      clearTimeout(timer);
      act();
    };
    socket.addEventListener('open', settle(opened), { once: true });
    socket.addEventListener(
      'error',
      settle(() => failed(new Error('it refused the connection'))),
      { once: true },
    );
  });
  const channel = createChannel((text) => socket.send(text));
  socket.addEventListener('message', ({ data }) => channel.receive(String(data)));
  socket.addEventListener('close', () => channel.fail('the inspector closed'));
  // A process that ends waits for its inspector's clients to leave, unless they ask to be told.
  channel.session.on('NodeRuntime.waitingForDisconnect', () => socket.close());
  await channel.session.send('NodeRuntime.notifyWhenWaitingForDisconnect', { enabled: true }).catch(() => {});
  return { ...channel.session, close: () => socket.close() };
}

/** Matches answers to commands. Exported for worker threads, whose messages travel inside those of the main one. */
export function createChannel(write: (text: string) => void) {
  const waiting = new Map<number, (message: Incoming) => void>();
  const listeners = new Map<string, ((params: never) => void)[]>();
  let lastId = 0;
  let broken: string | undefined;
  const session: Omit<InspectorSession, 'close'> = {
    send: <T>(method: string, params: Params = {}) =>
      new Promise<T>((resolve, reject) => {
        if (broken !== undefined) return reject(new Error(broken));
        lastId += 1;
        const id = lastId;
        const timer = setTimeout(() => {
          waiting.delete(id);
          reject(new Error(`${method} was not answered within ${patienceMs / 1000} s`));
        }, patienceMs);
        waiting.set(id, ({ result, error }) => {
          clearTimeout(timer);
          waiting.delete(id);
          if (error) reject(new Error(`${method}: ${error.message}`));
          else resolve(result as T);
        });
        write(JSON.stringify({ id, method, params }));
      }),
    on: (event, listener) => void listeners.set(event, [...(listeners.get(event) ?? []), listener]),
  };
  return {
    session,
    receive(text: string): void {
      const message = JSON.parse(text) as Incoming;
      if (message.id !== undefined) waiting.get(message.id)?.(message);
      else for (const listen of listeners.get(message.method ?? '') ?? []) listen(message.params as never);
    },
    fail(cause: string): void {
      broken = cause;
      for (const answer of [...waiting.values()]) answer({ error: { message: cause } });
    },
  };
}
