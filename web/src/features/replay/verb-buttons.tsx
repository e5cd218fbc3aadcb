import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { verbsFor } from '@/features/replay/phases';
import { type Replay, requestReplay, type Verb } from '@/features/replay/requests';
import { StartEstimate } from '@/features/replay/start-estimate';
import { putReplay } from '@/features/replay/use-replays';
import { VerbForm } from '@/features/replay/verb-form';
import { dialogOf, LABELS } from '@/features/replay/verbs';
import { asProblem } from '@/shared/api/problem';
import { useCommand } from '@/shared/command/use-command';
import { Button } from '@/shared/components/button';
import { Modal } from '@/shared/components/modal';
import { Notice } from '@/shared/components/states';

interface VerbButtonsProps {
  name: string;
  replay: Replay | undefined;
}

/** Buttons for what can be done with a projection now. Consequences are confirmed in a dialog. */
export function VerbButtons({ name, replay }: VerbButtonsProps) {
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState<Verb | null>(null);
  const close = () => setAsking(null);
  const command = useCommand({
    send: (verb: Verb) => requestReplay({ projection: name, verb }),
    onSuccess: (changed) => putReplay(queryClient, changed),
  });
  const dialog = asking === null ? undefined : dialogOf(asking, name, replay);
  const press = (verb: Verb) => {
    command.reset();
    if (dialogOf(verb, name, replay) === undefined) command.run(verb);
    else setAsking(verb);
  };
  return (
    <div className="flex flex-col items-end gap-2">
      <div className="flex flex-wrap justify-end gap-2">
        {verbsFor(replay).map((verb, index) => (
          <Button
            key={verb}
            size="small"
            variant={index === 0 && verb !== 'start' && verb !== 'pause' ? 'primary' : 'secondary'}
            busy={command.isPending && asking === null}
            onClick={() => press(verb)}
          >
            {LABELS[verb]}
          </Button>
        ))}
      </div>
      {command.error !== null && <Notice tone="bad">{asProblem(command.error).detail}</Notice>}
      <Modal title={dialog?.title ?? ''} isOpen={dialog !== undefined} onClose={close}>
        {asking !== null && dialog !== undefined && (
          <VerbForm
            {...dialog}
            send={(input) => requestReplay({ projection: name, verb: asking, ...input })}
            onDone={(changed) => {
              putReplay(queryClient, changed);
              close();
            }}
            hasWorkers={asking === 'start'}
            onClose={close}
          >
            {asking === 'start' && <StartEstimate projections={[name]} />}
          </VerbForm>
        )}
      </Modal>
    </div>
  );
}
