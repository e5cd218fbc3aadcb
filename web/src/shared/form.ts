import type { SubmitEvent } from 'react';

/** What stands in the fields of a form; an absent field is empty. */
export type Fields = (name: string) => string;

function fieldsOf(form: HTMLFormElement): Fields {
  const data = new FormData(form);
  return (name) => {
    const value = data.get(name);
    return typeof value === 'string' ? value : '';
  };
}

/** The fields of a form that is sent; the page stays where it is. */
export function submittedFields(event: SubmitEvent<HTMLFormElement>): Fields {
  event.preventDefault();
  return fieldsOf(event.currentTarget);
}
