/** A worker thread of a Node process, reached through the inspector of its main thread (domain NodeWorker). */
import { createChannel, type InspectorSession } from './session.ts';

interface Attached {
  readonly sessionId: string;
  readonly workerInfo: { readonly title: string };
}

const patienceMs = 5_000;

/** The worker whose title holds `[name]` or is the name. @throws Error if the process has no such worker. */
export async function openWorker(main: InspectorSession, name: string): Promise<InspectorSession> {
  const sessionId = await attach(main, name);
  const channel = createChannel((message) => {
    main.send('NodeWorker.sendMessageToWorker', { sessionId, message }).catch((error: Error) => {
      channel.fail(error.message);
    });
  });
  main.on('NodeWorker.receivedMessageFromWorker', (event: { sessionId: string; message: string }) => {
    if (event.sessionId === sessionId) channel.receive(event.message);
  });
  main.on('NodeWorker.detachedFromWorker', (event: { sessionId: string }) => {
    if (event.sessionId === sessionId) channel.fail('the worker ended');
  });
  return { ...channel.session, close: () => main.close() };
}

function attach(main: InspectorSession, name: string): Promise<string> {
  return new Promise((found, failed) => {
    const timer = setTimeout(() => failed(new Error(`it has no worker ${name}`)), patienceMs);
    main.on('NodeWorker.attachedToWorker', ({ sessionId, workerInfo }: Attached) => {
      if (!workerInfo.title.endsWith(`] ${name}`) && workerInfo.title !== name) return;
      clearTimeout(timer);
      found(sessionId);
    });
    main.send('NodeWorker.enable', { waitForDebuggerOnStart: false }).catch(failed);
  });
}
