import type { Block, Button } from './card.ts'
import type { Say } from './text.ts'

/** Below what can be taken back. */
export const undoButton = (say: Say): Button => ({
  label: say('撤销', 'Undo'),
  intent: { command: 'undo', input: {} },
})

/** The same where there is nothing else to press. */
export const undoRow = (say: Say): Block => ({ kind: 'buttons', buttons: [undoButton(say)] })
