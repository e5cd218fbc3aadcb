import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { ErasureList } from '@/features/privacy/erasure-list';
import { PersonCard } from '@/features/privacy/person-card';
import { findPerson, idOf, personById } from '@/features/privacy/requests';
import { useCommandForm } from '@/shared/command/use-command-form';
import { Button } from '@/shared/components/button';
import { CommandForm } from '@/shared/components/command-form';
import { PageHead } from '@/shared/components/page-head';
import { Sheet } from '@/shared/components/sheet';
import { TextField } from '@/shared/components/text-field';

/** For admins: finds a person, exports or erases the data, and lists the erasures. */
export function PrivacyScreen() {
  const queryClient = useQueryClient();
  const [personId, setPersonId] = useState<string | null>(null);
  const form = useCommandForm({
    read: (fields) => fields('person').trim(),
    send: findPerson,
    onSuccess: (found) => {
      const id = idOf(found);
      queryClient.setQueryData(personById(id).queryKey, found);
      setPersonId(id);
    },
  });
  return (
    <>
      <PageHead title="Personal data" />
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,26rem)_1fr]">
        <div className="flex min-w-0 flex-col gap-6">
          <Sheet aria-label="Find a person" className="p-4">
            <CommandForm
              form={form}
              actions={
                <Button type="submit" busy={form.isPending} className="self-start">
                  Find person
                </Button>
              }
            >
              <TextField
                label="E-mail address or order number"
                name="person"
                hint="The address of an account, or the number of a guest's order, such as WB-7K2M-Q9XD"
                required
                maxLength={254}
                autoComplete="off"
              />
            </CommandForm>
          </Sheet>
          {personId !== null && <PersonCard key={personId} id={personId} />}
        </div>
        <ErasureList />
      </div>
    </>
  );
}
