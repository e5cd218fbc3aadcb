import { useQueryClient } from '@tanstack/react-query';

import { replays, requestReplay } from '@/features/replay/requests';
import { StartEstimate } from '@/features/replay/start-estimate';
import { VerbForm } from '@/features/replay/verb-form';
import { Modal } from '@/shared/components/modal';
import { counted } from '@/shared/format/words';
import { reload } from '@/shared/reload';

interface StartAllProps {
  projections: string[];
  isOpen: boolean;
  onClose: () => void;
}

/** Dialog that starts a replay of each projection without a running one. They are built together. */
export function StartAll({ projections, isOpen, onClose }: StartAllProps) {
  const queryClient = useQueryClient();
  const startAll = async (input: { throttle?: number; workers?: number }) => {
    try {
      for (const projection of projections) await requestReplay({ projection, verb: 'start', ...input });
    } finally {
      await reload(queryClient, replays);
    }
  };
  return (
    <Modal title="Replay all projections" isOpen={isOpen} onClose={onClose}>
      <VerbForm
        text={`${counted(projections.length, 'projection is', 'projections are')} built again from the first event, in one pass over the log. Roll-backs of earlier replays are no longer possible.`}
        action="Start replays"
        keep="Cancel"
        variant="primary"
        field="throttle"
        hint="Leave empty to build as fast as the machine can."
        send={startAll}
        onDone={onClose}
        hasWorkers
        onClose={onClose}
      >
        <StartEstimate projections={projections} />
      </VerbForm>
    </Modal>
  );
}
