import { useState } from 'react';

import { IconButton } from '@/shared/components/button';

const KEY = 'waybill.theme';

function isDarkNow(): boolean {
  const chosen = document.documentElement.dataset.theme;
  return chosen === undefined ? matchMedia('(prefers-color-scheme: dark)').matches : chosen === 'dark';
}

/** Switches between light and dark; without a choice the system's stands. */
export function ThemeButton() {
  const [isDark, setIsDark] = useState(isDarkNow);
  const choose = () => {
    const next = isDark ? 'light' : 'dark';
    document.documentElement.dataset.theme = next;
    localStorage.setItem(KEY, next);
    setIsDark(!isDark);
  };
  return (
    <IconButton
      icon={isDark ? 'sun' : 'moon'}
      label={isDark ? 'Light colours' : 'Dark colours'}
      onClick={choose}
    />
  );
}
