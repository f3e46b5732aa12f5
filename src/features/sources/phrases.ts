import type { Reading } from '../../bot/grammar/reading.ts'
import type { Day } from '../../core/calendar/time.ts'
import { readLook } from '../quotas/phrases.ts'
import type { Span } from '../quotas/span.ts'
import type { By } from './rules.ts'

export interface SourceWords {
  by: By
  span: Span | null
  of: string | null
}

const BY_WORDS: readonly (readonly [RegExp, By])[] = [
  [/^(?:按)?(?:集群|市场|园区|clusters?)(?=\s|$)/i, 'cluster'],
  [/^(?:按)?(?:推荐人|转介人|介绍人|introducers?)(?=\s|$)/i, 'introducer'],
]

/** Reads "", "上月", "今年 一队", "集群 Q3", "推荐人 M001". */
export function readSources(said: string, today: Day): Reading<SourceWords> {
  const text = said.trim()
  const [pattern, by] = BY_WORDS.find(([each]) => each.test(text)) ?? [null, 'source' as const]
  const looked = readLook(pattern ? text.replace(pattern, '') : text, today)
  return looked.kind === 'understood'
    ? { kind: 'understood', input: { by, ...looked.input } }
    : { kind: 'no' }
}
