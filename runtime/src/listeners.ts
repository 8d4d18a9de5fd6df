// In: functions that want to be told. Out: whoever tells them; the same function may be there twice.

export interface Listeners {
  /** What it returns ends that. */
  add(this: void, listener: () => void): () => void;
  tell(this: void): void;
}

export function listenerList(): Listeners {
  const entries = new Set<{ readonly listener: () => void }>();
  return {
    add(listener) {
      const entry = { listener };
      entries.add(entry);
      return () => void entries.delete(entry);
    },
    tell() {
      for (const { listener } of [...entries]) listener();
    },
  };
}
