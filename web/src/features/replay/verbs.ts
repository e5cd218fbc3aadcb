import { isEqual } from '@/features/replay/phases';
import type { Replay, Verb } from '@/features/replay/requests';

/** What a dialog says before something is done with a replay. */
interface VerbDialog {
  title: string;
  text: string;
  action: string;
  keep: string;
  variant: 'danger' | 'primary';
  /** `throttle`: most events per second. `reason`: why differences are accepted. */
  field?: 'throttle' | 'reason';
  hint?: string;
}

export const LABELS: Record<Verb, string> = {
  start: 'Start replay…',
  pause: 'Pause',
  resume: 'Resume…',
  cancel: 'Cancel replay…',
  verify: 'Verify',
  switch: 'Switch…',
  roll_back: 'Roll back…',
  drop: 'Drop replaced tables…',
};

/** The dialog of a verb; undefined if it is done at once. */
export function dialogOf(verb: Verb, name: string, replay: Replay | undefined): VerbDialog | undefined {
  switch (verb) {
    case 'start':
      return {
        title: `Start a replay of ${name}`,
        text:
          replay?.phase === 'switched' && replay.kept_until !== null
            ? 'The projection is built again from the first event. The tables that the last replay replaced are dropped: it can no longer be rolled back.'
            : 'The projection is built again from the first event, beside the tables that serve.',
        action: 'Start replay',
        keep: 'Cancel',
        variant: 'primary',
        field: 'throttle',
        hint: 'Leave empty to build as fast as the machine can. You can change it after a pause.',
      };
    case 'resume':
      return {
        title: `Resume the replay of ${name}`,
        text: 'It goes on where it stopped.',
        action: 'Resume',
        keep: 'Cancel',
        variant: 'primary',
        field: 'throttle',
        hint: 'Leave empty to keep the limit.',
      };
    case 'cancel':
      return {
        title: `Cancel the replay of ${name}`,
        text: 'What was built is dropped. The tables that serve are not affected.',
        action: 'Cancel replay',
        keep: 'Keep replay',
        variant: 'danger',
      };
    case 'switch':
      return switchDialog(name, replay);
    case 'roll_back':
      return {
        title: `Roll back ${name}`,
        text: 'The tables that the replay replaced serve again. They have followed the log, so reads never go back in time.',
        action: 'Roll back',
        keep: 'Keep the new tables',
        variant: 'danger',
      };
    case 'drop':
      return {
        title: `Drop the replaced tables of ${name}`,
        text: 'The replay can no longer be rolled back.',
        action: 'Drop tables',
        keep: 'Keep tables',
        variant: 'danger',
      };
    case 'pause':
    case 'verify':
      return undefined;
  }
}

function switchDialog(name: string, replay: Replay | undefined): VerbDialog {
  const report = replay?.report ?? null;
  const dialog = { title: `Switch to the replay of ${name}`, keep: 'Keep the live tables' } as const;
  if (report !== null && !isEqual(report)) {
    return {
      ...dialog,
      text: 'Rows differ from the live ones. Say why you accept this; the reason is recorded.',
      action: 'Accept and switch',
      variant: 'danger',
      field: 'reason',
    };
  }
  return {
    ...dialog,
    text:
      report === null
        ? 'Its rows are compared with the live ones first. If they are equal, its tables serve from then on. You can roll back.'
        : 'Its tables serve from now on. The live ones are kept and follow the log, so that you can roll back.',
    action: 'Switch',
    variant: 'primary',
  };
}
