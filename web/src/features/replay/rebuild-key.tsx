import { useState } from 'react';

import { KeyResult } from '@/features/replay/key-result';
import { type KeyReport, rebuildKey } from '@/features/replay/requests';
import { useCommandForm } from '@/shared/command/use-command-form';
import { Button } from '@/shared/components/button';
import { CommandForm } from '@/shared/components/command-form';
import { Modal } from '@/shared/components/modal';
import { NativeSelect } from '@/shared/components/native-select';
import { TextField } from '@/shared/components/text-field';

/** Longest key, in characters. */
const KEY_LENGTH_MAX = 100;

interface RebuildKeyProps {
  projections: string[];
  isOpen: boolean;
  onClose: () => void;
}

/** Panel that rebuilds the rows of one order or SKU, and says what differed. */
export function RebuildKey({ projections, isOpen, onClose }: RebuildKeyProps) {
  return (
    <Modal title="Rebuild one order or SKU" kind="side" isOpen={isOpen} onClose={onClose}>
      <RebuildForm projections={projections} />
    </Modal>
  );
}

function RebuildForm({ projections }: { projections: string[] }) {
  const [report, setReport] = useState<KeyReport | null>(null);
  const form = useCommandForm({
    read: (fields) => ({ projection: fields('projection'), key: fields('key').trim() }),
    send: rebuildKey,
    onSuccess: setReport,
  });
  const options = projections.map((name) => ({ value: name, label: name }));
  return (
    <div className="flex flex-col gap-5">
      <p>
        Its rows are made again from its events, in the tables that serve. Other rows aren't touched. There is
        no roll-back.
      </p>
      <CommandForm
        form={form}
        className="gap-4"
        actions={
          <Button type="submit" className="self-start" busy={form.isPending}>
            Rebuild
          </Button>
        }
      >
        <NativeSelect
          label="Projection"
          name="projection"
          options={[{ value: '', label: 'Choose a projection' }, ...options]}
          required
        />
        <TextField
          label="Order ID or SKU"
          name="key"
          hint="An order's ID is in the address of its page. Its number isn't enough."
          maxLength={KEY_LENGTH_MAX}
          autoComplete="off"
          spellCheck={false}
          required
        />
      </CommandForm>
      <KeyResult report={form.error === null && !form.isPending ? report : null} />
    </div>
  );
}
