import { answer } from '@/shared/api/client';
import { rememberPosition } from '@/shared/api/read-your-writes';

interface Answered<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** Idempotency header of a command. `useCommand` provides the key. */
export function idempotencyKey(key: string): { 'Idempotency-Key': string } {
  return { 'Idempotency-Key': key };
}

/** Awaits the response of a command and remembers its position, so that later reads include it. */
export async function carryOut<Data extends { position: number }>(
  exchange: Promise<Answered<Data>>,
): Promise<Data> {
  const data = await answer(exchange);
  rememberPosition(data.position);
  return data;
}
