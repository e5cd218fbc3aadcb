import { Dialog } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';

import { cn } from '@/shared/cn';
import { buttonClass } from '@/shared/components/button-class';
import { Icon } from '@/shared/components/icon';

interface ModalProps {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  /** `side` opens a panel at the right edge and leaves the list visible. */
  kind?: 'dialog' | 'side';
}

const KINDS = {
  dialog: 'inset-x-4 top-1/2 mx-auto max-h-[calc(100dvh-2rem)] max-w-lg -translate-y-1/2 rounded-lg border-2',
  side: 'inset-y-0 right-0 w-full max-w-xl border-l-2 animate-rise',
};

/** Modal dialog or side panel. Closes with Escape or the close button. */
export function Modal({ title, isOpen, onClose, children, kind = 'dialog' }: ModalProps) {
  return (
    <Dialog.Root
      open={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Dialog.Portal>
        {/* A dialog that another one opens has its own backdrop, above the other. */}
        <Dialog.Backdrop forceRender className="fixed inset-0 z-50 bg-veil" />
        <Dialog.Popup
          className={cn(
            'fixed z-50 flex flex-col border-ink bg-paper shadow-float outline-none',
            KINDS[kind],
          )}
        >
          <div className="flex items-center justify-between gap-4 border-b border-line px-5 py-2">
            <Dialog.Title className="text-lg font-semibold">{title}</Dialog.Title>
            <Dialog.Close className={buttonClass('quiet', 'medium', '-mr-3 w-10 px-0')} aria-label="Close">
              <Icon name="close" />
            </Dialog.Close>
          </div>
          <div className="min-h-0 overflow-y-auto p-5">{children}</div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
