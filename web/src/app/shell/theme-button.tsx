import { useState } from 'react';

import { IconButton } from '@/shared/components/button';

const KEY = 'waybill.theme';

function isDarkNow(): boolean {
  const chosen = document.documentElement.dataset.theme;
  return chosen === undefined ? matchMedia('(prefers-color-scheme: dark)').matches : chosen === 'dark';
}

/** Switches between light and dark theme. Follows the system theme until used. */
export function ThemeButton() {
  const [isDark, setIsDark] = useState(isDarkNow);
  const switchTheme = () => {
    const next = isDark ? 'light' : 'dark';
    document.documentElement.dataset.theme = next;
    localStorage.setItem(KEY, next);
    setIsDark(!isDark);
  };
  return (
    <IconButton
      icon={isDark ? 'sun' : 'moon'}
      label={isDark ? 'Use light theme' : 'Use dark theme'}
      onClick={switchTheme}
    />
  );
}
