// The one file of rate-limiter-flexible that the server half loads by itself: the package's index needs Node.js, and
// this runs elsewhere, too.
declare module 'rate-limiter-flexible/lib/RateLimiterMemory.js' {
  export default class RateLimiterMemory {
    constructor(options: { readonly points: number; readonly duration: number });
    consume(key: string, points: number): Promise<unknown>;
  }
}
