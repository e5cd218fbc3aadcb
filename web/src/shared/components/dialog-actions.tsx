import { Button } from '@/shared/components/button';

interface DialogActionsProps {
  /** Label of the button that changes nothing. */
  keep: string;
  /** Label of the button that sends the form. */
  action: string;
  variant?: 'danger' | 'primary';
  busy: boolean;
  onKeep: () => void;
}

/** The two buttons of a dialog that asks to confirm a command. */
export function DialogActions({ keep, action, variant = 'danger', busy, onKeep }: DialogActionsProps) {
  return (
    <div className="flex flex-wrap justify-end gap-2">
      <Button variant="secondary" onClick={onKeep}>
        {keep}
      </Button>
      <Button type="submit" variant={variant} busy={busy}>
        {action}
      </Button>
    </div>
  );
}
