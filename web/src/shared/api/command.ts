import { answer, newIdempotencyKey } from '@/shared/api/client';
import { rememberPosition } from '@/shared/api/read-your-writes';

interface Answered<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** The header that names a command. */
export function idempotencyKey(key = newIdempotencyKey()): { 'Idempotency-Key': string } {
  return { 'Idempotency-Key': key };
}

/** The answer of a command; later reads wait until they include what it did. */
export async function carryOut<Data extends { position: number }>(
  exchange: Promise<Answered<Data>>,
): Promise<Data> {
  const data = await answer(exchange);
  rememberPosition(data.position);
  return data;
}
