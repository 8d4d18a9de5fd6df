import { useNotificationDeliverySubscribe } from '../../generated/integrations/notification-delivery';
import { say, slot, useListener, valueOf } from './dom';

const name = 'notification-delivery';

/** Subscribes the address to the topics that are ticked. */
export function Notifications(): null {
  const { call } = useNotificationDeliverySubscribe();
  useListener('click', '[data-slot="subscribe"]', () => {
    const topics = [...document.querySelectorAll<HTMLInputElement>('input[name="topic"]:checked')].map((box) => box.value);
    const status = slot(name, 'status');
    void call({ recipient: valueOf(name, 'recipient'), channel: 'email', topics }).then((subscription) => {
      say(status, `You will hear from us about ${subscription.topics.join(', ')}.`);
    }, () => {
      say(status, 'We could not reach the post office. Please try again later.');
    });
  });
  return null;
}
