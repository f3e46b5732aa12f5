import { type Card, textCard } from '../../../core/card.ts'
import { inLanguage, type Language, speaker } from '../../../core/text.ts'
import { MEASURE_LABELS, sayReached, sayTarget, type Target } from '../rules.ts'
import { type Span, spanLabel } from '../span.ts'
import { givenOut } from './rules.ts'
import type { Parts } from './store.ts'

interface ShownParts extends Parts {
  readonly below: readonly (Parts['below'][number] & {
    /** What was set before, where it was just changed. */
    readonly before?: readonly Target[]
  })[]
}

/** A list for each measure: what the unit is to reach, what each below has of it, what is not given out. */
export function partsCard({ unit, set, below }: ShownParts, span: Span, language: Language): Card {
  const say = speaker(language)
  if (set.length === 0) {
    return textCard(
      say(
        `${unit.name} ${spanLabel(span, 'zh')}没有定指标。`,
        `No quotas are set for ${unit.name} for ${spanLabel(span, 'en')}.`,
      ),
    )
  }
  return {
    title: say(
      `${unit.name} ${spanLabel(span, 'zh')}指标分解`,
      `Quotas of ${unit.name}, ${spanLabel(span, 'en')}, given out`,
    ),
    blocks: set.map((whole) => {
      const { measure } = whole
      const rows = below.map(({ name, set: has, before }) => ({
        name,
        part: has.find((each) => each.measure === measure),
        was: before?.find((each) => each.measure === measure),
      }))
      const given = rows.reduce((sum, { part }) => sum + (part?.target ?? 0), 0)
      return {
        kind: 'list' as const,
        heading: `${sayTarget(whole, language)} · ${inLanguage(givenOut(whole, given), language)}`,
        items: rows.map(({ name, part, was }) => {
          const label = MEASURE_LABELS[measure][language]
          const now = part ? sayTarget(part, language) : `${label} ${say('未分', 'none')}`
          const changed = was && part && was.target !== part.target
          const old = changed ? sayReached(measure, was.target, language) : ''
          return { text: `**${name}** ${now}${changed ? say(`，原 ${old}`, `, was ${old}`) : ''}` }
        }),
      }
    }),
  }
}
