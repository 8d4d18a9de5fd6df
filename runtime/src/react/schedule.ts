// In: when to start, and the element. Out: a call of `run` at that time, and a function that takes it back.

import type { StartWhen } from './context.js';

export function schedule(when: StartWhen, element: Element | null, run: () => void): () => void {
  if (when === 'visible' && element && typeof IntersectionObserver === 'function') {
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      run();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }
  if (when === 'idle' && typeof requestIdleCallback === 'function') {
    const handle = requestIdleCallback(run);
    return () => cancelIdleCallback(handle);
  }
  run();
  return () => undefined;
}
