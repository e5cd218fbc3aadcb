import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';

import { ApiError, unreachable } from '@/shared/api/problem';
import { useCommandForm } from '@/shared/command/use-command-form';
import { Button } from '@/shared/components/button';
import { CommandForm } from '@/shared/components/command-form';
import { TextField } from '@/shared/components/text-field';
import { FieldError } from '@/shared/form';

interface Sent {
  quantity: number;
  key: string;
  succeed: () => void;
  fail: (error: Error) => void;
}

/** A form whose commands the test answers. */
function showForm(): Sent[] {
  const sent: Sent[] = [];
  function Receive() {
    const form = useCommandForm({
      read: (fields) => {
        const quantity = Number(fields('quantity'));
        if (Number.isNaN(quantity)) throw new FieldError('quantity', 'Enter a number');
        return quantity;
      },
      send: (quantity, key) =>
        new Promise<void>((resolve, reject) => {
          sent.push({
            quantity,
            key,
            succeed: resolve,
            fail: reject,
          });
        }),
    });
    return (
      <CommandForm
        form={form}
        actions={
          <Button type="submit" busy={form.isPending}>
            Receive
          </Button>
        }
      >
        <TextField label="Quantity" name="quantity" required />
      </CommandForm>
    );
  }
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Receive />
    </QueryClientProvider>,
  );
  return sent;
}

const quantity = () => screen.getByLabelText<HTMLInputElement>('Quantity');
const enter = (value: string) => fireEvent.change(quantity(), { target: { value } });
const button = () => screen.getByRole('button');
const press = () => fireEvent.click(button());

function rejection(slug: string, errors: { pointer: string; detail: string }[] = []): ApiError {
  const type = `https://waybill.dev/problems/${slug}`;
  return new ApiError({ type, title: 'No', status: 422, detail: 'Not possible.', errors });
}

/** Presses the button and waits until `count` commands have been sent. */
async function pressAndSend(sent: Sent[], count: number): Promise<void> {
  await waitFor(() => expect(button().getAttribute('aria-busy')).toBe('false'));
  press();
  await waitFor(() => expect(sent).toHaveLength(count));
}

it('is sent once when its button is pressed twice, keeps the focus and clears after success', async () => {
  const sent = showForm();
  enter('7');
  button().focus();
  press();
  press();
  await waitFor(() => expect(button().getAttribute('aria-busy')).toBe('true'));
  press();
  expect(sent.map((each) => each.quantity)).toEqual([7]);
  expect(document.activeElement).toBe(button());
  sent[0]?.succeed();
  await waitFor(() => expect(quantity().value).toBe(''));
  enter('7');
  await pressAndSend(sent, 2);
  expect(sent[1]?.key).not.toBe(sent[0]?.key);
});

it('keeps its values and its key when the outcome is unknown, and gets a new key after an edit', async () => {
  const sent = showForm();
  enter('7');
  await pressAndSend(sent, 1);
  sent[0]?.fail(new ApiError(unreachable));
  await waitFor(() => expect(document.activeElement?.textContent).toBe(unreachable.detail));
  expect(quantity().value).toBe('7');
  await pressAndSend(sent, 2);
  sent[1]?.fail(rejection('invalid-state'));
  await pressAndSend(sent, 3);
  sent[2]?.fail(new ApiError(unreachable));
  enter('8');
  await pressAndSend(sent, 4);
  const keys = sent.map((each) => each.key);
  expect(keys.slice(0, 3)).toEqual([keys[0], keys[0], keys[0]]);
  expect(keys[3]).not.toBe(keys[0]);
});

it('gives up a key that the server knows from another request', async () => {
  const sent = showForm();
  enter('7');
  await pressAndSend(sent, 1);
  sent[0]?.fail(rejection('key-reused'));
  await screen.findByText('Not possible.');
  await pressAndSend(sent, 2);
  expect(sent[1]?.key).not.toBe(sent[0]?.key);
});

it('keeps what is typed while it is being sent', async () => {
  const sent = showForm();
  enter('7');
  await pressAndSend(sent, 1);
  enter('8');
  sent[0]?.succeed();
  await waitFor(() => expect(button().getAttribute('aria-busy')).toBe('false'));
  expect(quantity().value).toBe('8');
});

it('shows an error that belongs to no field above the button', async () => {
  const sent = showForm();
  enter('7');
  await pressAndSend(sent, 1);
  sent[0]?.fail(rejection('validation', [{ pointer: '/lines/0', detail: 'Sold out' }]));
  await screen.findByText('Sold out');
  expect(document.activeElement?.textContent).toBe('Sold out');
});

it('shows an error at its field and moves the focus there', async () => {
  const sent = showForm();
  enter('7');
  await pressAndSend(sent, 1);
  sent[0]?.fail(rejection('validation', [{ pointer: '/quantity', detail: 'Too much' }]));
  await screen.findByText('Too much');
  expect(document.activeElement).toBe(quantity());
  enter('seven');
  button().focus();
  press();
  await screen.findByText('Enter a number');
  expect(screen.queryByText('Too much')).toBeNull();
  expect(document.activeElement).toBe(quantity());
  expect(sent).toHaveLength(1);
});
