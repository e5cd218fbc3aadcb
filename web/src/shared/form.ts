import type { SubmitEvent } from 'react';

/** Reads the value of a form field; empty if the field is missing. */
export type Fields = (name: string) => string;

function fieldsOf(form: HTMLFormElement): Fields {
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
