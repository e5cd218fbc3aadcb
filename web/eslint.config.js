import { readdirSync } from 'node:fs';

import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** Forbids imports that match `group` and explains the rule in `message`. */
const forbid = (group, message) => ({ group, message });
const oneWay = 'Imports go in one direction: src/app → src/features → src/shared.';
const noParents = forbid(['../*', './*/*'], 'Import from other folders by alias: @/…');
const noMutations = {
  ...forbid(
    ['@tanstack/react-query'],
    'Send commands with useCommand or useCommandForm, which make retries safe.',
  ),
  importNames: ['useMutation'],
};
/** Logging in and finding an order have no idempotency key, and that of an order is stored with the cart. */
const mutating = ['auth', 'checkout'];
const features = readdirSync(new URL('./src/features', import.meta.url));

const layer = (files, ...patterns) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns: [noParents, ...patterns] }] },
});

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'src/shared/api/schema.gen.ts', 'test-results'] },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'react-hooks': reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/only-throw-error': 'off', // the router's redirect() and notFound() are thrown
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'Use a union of strings.' },
        { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file itself.' },
      ],
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    // Most lines of a component are markup.
    files: ['**/*.tsx'],
    rules: {
      'max-lines': ['error', { max: 150, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['**/*.test.{ts,tsx}'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...['describe', 'it', 'test'].flatMap((object) =>
          ['only', 'skip', 'skipIf', 'todo'].map((property) => ({
            object,
            property,
            message: 'Every test runs.',
          })),
        ),
      ],
    },
  },
  layer(['src/shared/**/*.{ts,tsx}'], forbid(['@/app/**', '@/features/**'], oneWay), noMutations),
  layer(['src/shared/command/*.ts'], forbid(['@/app/**', '@/features/**'], oneWay)),
  ...features.map((feature) =>
    layer(
      [`src/features/${feature}/**/*.{ts,tsx}`],
      forbid(['@/app/**'], oneWay),
      forbid(['@/features/*/**', `!@/features/${feature}/**`], 'A feature must not import another feature.'),
      ...(mutating.includes(feature) ? [] : [noMutations]),
    ),
  ),
  layer(['src/app/**/*.{ts,tsx}']),
  {
    files: ['scripts/*.mjs', '*.config.js'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
  {
    files: ['public/*.js'],
    languageOptions: { globals: { document: 'readonly', localStorage: 'readonly' } },
  },
);
