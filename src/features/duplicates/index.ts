import type { Feature } from '../../bot/feature.ts'
import { findDuplicates, notDuplicate } from './find-duplicates.ts'
import { mergeClients, mergePreview } from './merge-clients.ts'
import { splitClient } from './split-client.ts'
import { undo } from './undo.ts'

/** One person, one client: files that are one person's are found, made one, and taken apart again. */
export const duplicates: Feature = {
  topic: { zh: '客户', en: 'clients' },
  commands: [findDuplicates, notDuplicate, mergePreview, mergeClients, splitClient],
  undo,
}
