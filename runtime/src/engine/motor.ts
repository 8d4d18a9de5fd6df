// What is needed only once something starts: the choice of releases, clients, limits, calls, the judgement of canaries. Loaded with the first release that
// is started, beside its adapter, so that a page is there and typed in before it.

export { Call } from './call.js';
export { choose } from './choice.js';
export { Pool } from './pool.js';
export { Trials } from './trial.js';
