import { useEffect, useRef } from 'react';

/** The element in a slot of the page's use of an integration. */
export function slot(integration: string, name: string): HTMLElement | null {
  return document.querySelector(`[data-integration^="${integration}"] [data-slot="${name}"]`);
}

export function valueOf(integration: string, name: string): string {
  const element = slot(integration, name);
  return element instanceof HTMLInputElement || element instanceof HTMLSelectElement ? element.value : '';
}

/** Text in an output or a status line; the concept leaves these empty. */
export function say(element: Element | null, text: string): void {
  if (element) element.textContent = text;
}

/** Listens while the page is shown; the listener may change with every render. */
export function useListener(type: string, selector: string, listener: (event: Event) => void): void {
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => {
    function handle(event: Event): void {
      if (event.target instanceof Element && event.target.closest(selector)) latest.current(event);
    }
    document.addEventListener(type, handle);
    return () => {
      document.removeEventListener(type, handle);
    };
  }, [type, selector]);
}
