import type { EditorClient } from './client.ts';
import { eglot } from './eglot.ts';
import { helix, helixRelease } from './helix.ts';
import { lspMode } from './lsp-mode.ts';
import { lsp4ij } from './lsp4ij.ts';
import { neovim } from './neovim.ts';
import { plain } from './plain.ts';
import { sublime, sublimeWithDocuments } from './sublime.ts';
import { zed } from './zed.ts';

export const clients: readonly EditorClient[] = [
  neovim,
  helix,
  helixRelease,
  zed,
  eglot,
  lspMode,
  sublime,
  sublimeWithDocuments,
  lsp4ij,
  plain,
];
