import * as v from 'valibot';

/** Position in the event log of one server epoch. */
export interface Cursor {
  epoch: string;
  position: number;
}

const epoch = v.string();
const position = v.pipe(v.number(), v.integer(), v.minValue(0));
const channel = v.string();

const frameSchema = v.variant('op', [
  v.object({ op: v.literal('ready'), session_id: v.string(), epoch, position }),
  v.object({ op: v.literal('subscribed'), channel, epoch, position }),
  v.object({
    op: v.literal('change'),
    channel,
    position,
    kind: v.string(),
    key: v.string(),
    data: v.unknown(),
  }),
  v.object({ op: v.literal('position'), position }),
  v.object({ op: v.literal('resync'), channel, epoch, position }),
  v.object({ op: v.literal('unsubscribed'), channel }),
  v.object({ op: v.literal('error'), code: v.string(), detail: v.string(), channel: v.optional(channel) }),
  v.object({ op: v.literal('pong') }),
  v.object({ op: v.literal('reconnect'), delay_ms: v.number() }),
]);

/** Frame from the server. */
export type ServerFrame = v.InferOutput<typeof frameSchema>;
export type ChangeFrame = Extract<ServerFrame, { op: 'change' }>;

/** Frame from the client. A null token is anonymous and may subscribe to public channels. */
export type ClientFrame =
  | { op: 'auth'; token: string | null }
  | { op: 'subscribe'; channel: string; since?: Cursor }
  | { op: 'unsubscribe'; channel: string }
  | { op: 'ping' };

/**
 * Parses the frames of one message: an object, or an array of objects under load. Skips and reports unknown frames,
 * so that a newer server does not break an older client.
 */
export function parseFrames(text: unknown, report: (reason: string) => void): ServerFrame[] {
  let value: unknown;
  try {
    value = JSON.parse(String(text));
  } catch {
    report('not JSON');
    return [];
  }
  const frames: ServerFrame[] = [];
  for (const item of Array.isArray(value) ? value : [value]) {
    const parsed = v.safeParse(frameSchema, item);
    if (parsed.success) frames.push(parsed.output);
    else report(parsed.issues[0].message);
  }
  return frames;
}
