// Calls to watch the monitor by: one address, or many, looked up as the page itself would, whoever answers.
import type { ReactElement } from 'react';
import { useState } from 'react';
import { useAddressValidationValidate } from '../../generated/integrations/address-validation';

const STREETS = ['cedar street', 'oak avenue', 'harbor street', 'pier avenue'];

/** Another address each time: equal calls at one time would be one. */
function address(): { readonly street: string; readonly city: string } {
  const number = String(1 + Math.floor(Math.random() * 9000));
  return { street: `${number} ${STREETS[Math.floor(Math.random() * STREETS.length)] ?? ''}`, city: 'monterey' };
}

export function Calls(): ReactElement {
  const { call } = useAddressValidationValidate();
  const [said, setSaid] = useState('');
  const [busy, setBusy] = useState(false);
  async function ask(count: number): Promise<void> {
    setBusy(true);
    let [answered, unanswered, left] = [0, 0, count];
    const one = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        await call(address()).then(() => (answered += 1), () => (unanswered += 1));
        setSaid(`${String(answered + unanswered)} of ${String(count)} …`);
      }
    };
    await Promise.all([one(), one(), one()]);
    setSaid(`${String(answered)} of ${String(count)} answered${unanswered > 0 ? `, ${String(unanswered)} left to the visitor` : ''}.`);
    setBusy(false);
  }
  return (
    <div className="demo-calls">
      <p>Look up</p>
      <button type="button" className="button quiet" aria-disabled={busy} onClick={() => !busy && void ask(1)}>an address</button>
      <button type="button" className="button quiet" aria-disabled={busy} onClick={() => !busy && void ask(25)}>25 addresses</button>
      <p role="status">{said}</p>
    </div>
  );
}
