import { usePaymentProcessingCharge } from '../../generated/integrations/payment-processing';
import { say, slot, useListener, valueOf } from './dom';

const name = 'payment-processing';

/** Pays without leaving the page. Without a provider the form is simply sent. */
export function Checkout(): null {
  const { call } = usePaymentProcessingCharge();
  useListener('submit', '#checkout', (event) => {
    event.preventDefault();
    const status = slot(name, 'status');
    say(status, 'Paying …');
    void call({
      number: valueOf(name, 'number'),
      expiry: valueOf(name, 'expiry'),
      code: valueOf(name, 'code'),
      amount: 568,
      currency: 'usd',
    }).then((receipt) => {
      say(status, receipt.status === 'succeeded' ? `Paid. Your receipt is ${receipt.id}.` : `Declined: ${receipt.reason ?? 'no reason given'}.`);
    }, () => {
      say(status, 'The payment provider does not answer. Your card was not charged.');
    });
  });
  return null;
}
