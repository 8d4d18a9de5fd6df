// The runtime as it was built, in one import for tests of the server half.
export * from '../../build/runtime/index.js';
export * from '../../build/runtime/server/index.js';
