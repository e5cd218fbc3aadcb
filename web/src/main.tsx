import '@/shared/styles/main.css';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { App } from '@/app/app';
import { keepSessionFresh } from '@/shared/api/refresh';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no #root');

keepSessionFresh();

createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
