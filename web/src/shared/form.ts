import type { SubmitEvent } from 'react';

import { parseMinor } from '@/shared/format/money';

/** Reads the value of a form field; empty if the field is missing. */
export type Fields = (name: string) => string;

/** Input that can't be sent, with the name of the field to correct. */
export class FieldError extends Error {
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.name = 'FieldError';
    this.field = field;
  }
}

export function fieldsOf(form: HTMLFormElement): Fields {
  const data = new FormData(form);
  return (name) => {
    const value = data.get(name);
    return typeof value === 'string' ? value : '';
  };
}

/** Reads the fields of a submitted form and prevents the page load. */
export function submittedFields(event: SubmitEvent<HTMLFormElement>): Fields {
  event.preventDefault();
  return fieldsOf(event.currentTarget);
}

/** Reads a price above zero in minor units. */
export function readPrice(fields: Fields, name: string): number {
  const minor = parseMinor(fields(name));
  if (minor === null || minor === 0) throw new FieldError(name, 'Enter a price like 12 or 12.50');
  return minor;
}
