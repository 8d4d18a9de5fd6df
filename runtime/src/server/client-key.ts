// In: a request. Out: the name under which its client's requests are counted, if it has one. An adapter leaves the
// address on the request, under a symbol that all copies of this file share (a bundle has one of its own).

const ADDRESS = Symbol.for('@fxc/runtime.address');

/** For adapters: says whose request it is. */
export function setAddress(request: Request, address: string): void {
  Object.defineProperty(request, ADDRESS, { value: address });
}

/** Where the request comes from, as its adapter says. */
export function addressOf(request: Request): string | undefined {
  const { [ADDRESS]: address } = request as { readonly [ADDRESS]?: unknown };
  return typeof address === 'string' && address !== '' ? address : undefined;
}

/** The first four groups of an IPv6 address: one subscriber has them all to himself, and all that follow. */
function network(address: string): string {
  const [head = '', tail] = address.split('%')[0]?.toLowerCase().split('::') ?? [];
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups = tail === undefined ? front : [...front, ...Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0'), ...back];
  return `${groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`;
}

/** What requests are counted by where the application does not say. */
export function clientKeyOf(request: Request): string | undefined {
  const address = addressOf(request);
  if (address === undefined) return undefined;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped) return mapped[1];
  return address.includes(':') ? network(address) : address;
}
