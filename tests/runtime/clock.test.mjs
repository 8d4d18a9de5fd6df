// The system's clock: what is longer than a timer of the platform can wait does wait.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from '../../build/runtime/clock.js';
import { idleClock } from '../../build/runtime/server/idle-clock.js';

for (const [name, clock] of Object.entries({ systemClock, idleClock })) {
  test(`${name} waits for what lasts longer than 24.8 days`, async () => {
    let early = false;
    const cancel = clock.after(30 * 24 * 3_600_000, () => (early = true));
    await new Promise((resolve) => setTimeout(resolve, 30));
    cancel();
    assert.equal(early, false);
  });
}
