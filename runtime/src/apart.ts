// In: a function of the application that is told something. Out: it is told; what it throws is its own affair, seen by whoever
// watches for errors that nobody caught, and never in the way of the work that it was told of.

export function apart(tell: () => void): void {
  try {
    tell();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
