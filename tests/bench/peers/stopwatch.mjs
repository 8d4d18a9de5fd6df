// Milliseconds of work in this process: of the wall clock, or of the processor where that is less, as when the machine does
// something else meanwhile. V8 collects and compiles on threads of its own, whose time would else be counted too.
import { performance } from 'node:perf_hooks';

export function stopwatch() {
  const wall = performance.now(), processor = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(processor);
    return Math.min(performance.now() - wall, (user + system) / 1000);
  };
}
