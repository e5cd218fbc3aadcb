import { Toast } from '@base-ui/react/toast';

import { buttonClass } from '@/shared/components/button-class';
import { Icon } from '@/shared/components/icon';

/** Manager for short confirmations. */
export const toasts = Toast.createToastManager();

function ToastList() {
  const { toasts: shown } = Toast.useToastManager();
  return shown.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      className="flex animate-rise items-center gap-3 rounded-md border-2 border-ink bg-sheet py-2 pr-2 pl-4 shadow-float"
    >
      <Icon name="check" className="text-signal" />
      <Toast.Content className="grow">
        <Toast.Title className="font-medium" />
        <Toast.Description className="text-sm text-ink-soft" />
      </Toast.Content>
      <Toast.Close aria-label="Dismiss" className={buttonClass('quiet', 'small', 'w-8 px-0')}>
        <Icon name="close" className="size-4" />
      </Toast.Close>
    </Toast.Root>
  ));
}

export function Toasts() {
  return (
    <Toast.Provider toastManager={toasts} timeout={4_000} limit={3}>
      <Toast.Portal>
        <Toast.Viewport className="fixed inset-x-4 bottom-4 z-60 mx-auto flex max-w-sm flex-col gap-2 sm:right-6 sm:bottom-6 sm:mx-0 sm:ml-auto">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}
