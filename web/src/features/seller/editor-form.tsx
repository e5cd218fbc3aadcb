import type { ReactNode } from 'react';

import type { CommandFormState } from '@/shared/command/use-command-form';
import { Button } from '@/shared/components/button';
import { CommandForm } from '@/shared/components/command-form';
import { Sheet } from '@/shared/components/sheet';

interface EditorFormProps {
  title: string;
  action: string;
  form: CommandFormState;
  children: ReactNode;
}

export function EditorForm({ title, action, form, children }: EditorFormProps) {
  return (
    <Sheet className="p-4">
      <h3 className="mb-3 font-semibold">{title}</h3>
      <CommandForm
        form={form}
        actions={
          <Button type="submit" variant="secondary" className="self-start" busy={form.isPending}>
            {action}
          </Button>
        }
      >
        <div className="grid gap-3 sm:grid-cols-2">{children}</div>
      </CommandForm>
    </Sheet>
  );
}
