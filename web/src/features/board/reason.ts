import { FieldError, type Fields } from '@/shared/form';

/** Longest reason that the server accepts, in characters. */
export const REASON_LENGTH_MAX = 1000;

/** Reads the required reason of a form. */
export function readReason(fields: Fields): string {
  const reason = fields('reason').trim();
  if (reason === '') throw new FieldError('reason', 'Enter a reason');
  return reason;
}
