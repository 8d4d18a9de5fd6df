// In: nothing. Out: a place on the page for the panel: a shadow tree at the end of the body, so that neither the page's styles reach it
// nor its own the page. Styles are adopted, not written into the document: a strict Content-Security-Policy allows that.

import { useEffect, useState } from 'react';
import { STYLES } from './styles.js';

/** Null on the server, while hydrating, and before the first effect. */
export function useShadowRoot(): ShadowRoot | null {
  const [root, setRoot] = useState<ShadowRoot | null>(null);
  useEffect(() => {
    const host = document.createElement('div');
    host.setAttribute('data-fxc-monitor', '');
    const shadow = host.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLES);
    shadow.adoptedStyleSheets = [sheet];
    document.body.append(host);
    setRoot(shadow);
    return () => host.remove();
  }, []);
  return root;
}

const OPEN_KEY = 'fxc-monitor-open';

/** Whether the panel is open, as it was on the last page of this visit. */
export function useOpen(initially: boolean): readonly [boolean, (open: boolean) => void] {
  const [open, setOpen] = useState(() => remembered() ?? initially);
  const change = (now: boolean): void => {
    setOpen(now);
    try {
      sessionStorage.setItem(OPEN_KEY, String(now));
    } catch {
      // A page may be without storage; it is then as it is made.
    }
  };
  return [open, change];
}

function remembered(): boolean | undefined {
  try {
    const kept = sessionStorage.getItem(OPEN_KEY);
    return kept === null ? undefined : kept === 'true';
  } catch {
    return undefined;
  }
}
