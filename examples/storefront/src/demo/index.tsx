// What a demonstration puts beside a page: the runtime's monitor, and a panel that breaks providers. A bundle of its own, loaded
// after the page; nothing of it is in the page's markup.
import type { ReactElement } from 'react';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { IntegrationMonitor } from '@fxc/runtime/monitor';
import { Controls } from './controls';
import './demo.css';

/** A place behind the page's own content. */
function usePlace(): Element | null {
  const [place, setPlace] = useState<Element | null>(null);
  useEffect(() => {
    const element = document.createElement('div');
    document.body.append(element);
    setPlace(element);
    return () => { element.remove(); };
  }, []);
  return place;
}

export default function Demo(): ReactElement {
  const place = usePlace();
  return (
    <>
      {place && createPortal(<Controls />, place)}
      <IntegrationMonitor by="demonstration" />
    </>
  );
}
