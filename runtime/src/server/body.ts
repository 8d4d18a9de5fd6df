// In: a request with a body of unknown length, speed and content. Out: the JSON in it, or a refusal. What is not said, or
// said wrongly, of its length does not fill the memory; a body that dribbles in does not hold a place for long.

import { Refusal } from './refusal.js';

export interface BodyLimits {
  /** Bytes. */
  readonly size: number;
  /** Milliseconds until all of it must be there. */
  readonly patience: number;
}

/** Deeper than any type needs, and far from the end of anybody's stack. */
const DEEPEST = 64;

function tooLarge(): Refusal {
  return new Refusal(413, 'rejected', 'the input is too large');
}

/** By what stands in the head. */
export function checkBodyHead(request: Request, { size }: BodyLimits): void {
  const { headers } = request;
  const type = headers.get('content-type') ?? '';
  if (type.split(';')[0]?.trim().toLowerCase() !== 'application/json') throw new Refusal(415, 'rejected', 'the input is sent as application/json');
  const coding = headers.get('content-encoding') ?? 'identity';
  if (coding.trim().toLowerCase() !== 'identity') throw new Refusal(415, 'rejected', 'the input is sent without compression');
  if (Number(headers.get('content-length') ?? 0) > size) throw tooLarge();
}

async function readText(request: Request, { size, patience }: BodyLimits): Promise<string> {
  const reader = request.body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let [text, read, late] = ['', 0, false];
  const timer = setTimeout(() => {
    late = true;
    reader.cancel().catch(() => undefined);
  }, patience);
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      read += next.value.byteLength;
      if (read > size) throw tooLarge();
      text += decoder.decode(next.value, { stream: true });
    }
    if (late) throw new Refusal(408, 'rejected', 'the input does not arrive');
    return text + decoder.decode();
  } finally {
    clearTimeout(timer);
    reader.cancel().catch(() => undefined); // what is still to come is nobody's any more
  }
}

/** Whether brackets outside of strings go deeper than `DEEPEST`. */
function isDeep(text: string): boolean {
  let [depth, inside] = [0, false];
  for (let index = 0; index < text.length; index += 1) {
    const one = text[index];
    if (one === '"') inside = !inside;
    else if (inside && one === '\\') index += 1;
    else if (!inside && (one === '[' || one === '{')) depth += 1;
    else if (!inside && (one === ']' || one === '}')) depth -= 1;
    if (depth > DEEPEST) return true;
  }
  return false;
}

/** The body's JSON. */
export async function readJson(request: Request, limits: BodyLimits): Promise<unknown> {
  try {
    const text = await readText(request, limits);
    if (isDeep(text)) throw new Refusal(400, 'rejected', 'the input is nested too deeply');
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal(400, 'rejected', 'the input is no JSON');
  }
}
