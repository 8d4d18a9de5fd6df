/// <reference types="node" />
// In: how many connections to keep. Out: a pool of them under the process's `fetch`, with undici, which `fetch` is made of. Node's own
// pool closes a connection after four idle seconds and opens as many as there are requests; this one keeps and bounds them.

export interface PoolOptions {
  /** To one origin at most: 32. */
  readonly connections?: number;
  /** Milliseconds that an idle connection is kept: 60 seconds, or less if the provider says so. */
  readonly keepAlive?: number;
  /** Milliseconds until a connection has to stand: 5 seconds. */
  readonly connect?: number;
  /** Bytes that an answer may have: 10 MiB. What is longer breaks off, for all of an answer is read into memory. */
  readonly largestAnswer?: number;
}

/** Sets the pool for all requests of this process; what it resolves with gives back the pool before and closes this one. */
export async function poolConnections({ connections = 32, keepAlive = 60_000, connect = 5_000, largestAnswer = 10 * 1024 * 1024 }: PoolOptions = {}): Promise<() => Promise<void>> {
  const { Agent, getGlobalDispatcher, setGlobalDispatcher } = await import('undici');
  const before = getGlobalDispatcher();
  const agent = new Agent({ connections, keepAliveTimeout: keepAlive, keepAliveMaxTimeout: keepAlive, connect: { timeout: connect }, maxResponseSize: largestAnswer });
  setGlobalDispatcher(agent);
  return async () => {
    setGlobalDispatcher(before);
    await agent.close();
  };
}
