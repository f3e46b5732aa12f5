import type { Feature } from '../../bot/feature.ts'
import { text } from '../../core/text.ts'
import { keepRegion } from './keep-region.ts'
import { listUnsettled } from './list-unsettled.ts'
import { mergeEntry, ownEntry } from './settle-entry.ts'
import { listIndustries, listRegions, showIndustry, showRegion } from './show-place.ts'
import { undo } from './undo.ts'

export const places: Feature = {
  topic: text('集群', 'clusters'),
  commands: [
    listRegions,
    showRegion,
    keepRegion,
    listIndustries,
    showIndustry,
    listUnsettled,
    mergeEntry,
    ownEntry,
  ],
  undo,
}
