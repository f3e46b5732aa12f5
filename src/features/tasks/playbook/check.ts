import { z } from 'zod'
import { outcomesIn } from '../../../bot/grammar/scan/kinds/outcomes.ts'
import type { Day } from '../../../core/calendar/time.ts'
import { findKind } from '../../../core/outcome.ts'
import { type Text, text } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import type { Edition } from '../../editions/rules.ts'
import { draftOf, inForce, latest } from '../../editions/store.ts'
import type { Body } from '../../playbook/cells/values-rules.ts'
import { type Fault, fault } from '../../playbook/fault.ts'
import { faultsOf } from '../../playbook/faults-rules.ts'
import { kindsOf } from '../../playbook/outcome-rules.ts'
import { playbookSchema } from '../../playbook/schema.ts'

/** What editing a playbook looks at. */
export interface Desk {
  readonly inForce: Edition
  readonly body: Body
  /** What a draft follows: the last to come into force, be that now or on a day to come. */
  readonly follows: Body
  /** The draft that is being worked on; null when there is none. */
  readonly draft: Edition | null
  readonly draftBody: Body | null
  /** The tiers and classes of the standards in force. */
  readonly tiers: readonly string[]
}

const bodySchema = playbookSchema.omit({ version: true, effectiveFrom: true })
const standard = z.object({
  tiers: z.array(z.object({ tier: z.string() })),
  otherwise: z.object({ none: z.string(), open: z.string() }),
})

export async function openDesk(tx: Queries, today: Day): Promise<Desk> {
  const now = await inForce(tx, 'playbook', today)
  const draft = await draftOf(tx, 'playbook')
  const tiers = new Set<string>()
  for (const kind of ['tiers:existing', 'tiers:prospect'] as const) {
    const { body } = await inForce(tx, kind, today)
    const { tiers: named, otherwise } = standard.parse(body)
    for (const { tier } of named) tiers.add(tier)
    tiers.add(otherwise.none)
    // An existing client whose tier is open has the answer of "none is met".
    tiers.add(otherwise.open)
  }
  return {
    inForce: now,
    body: bodySchema.parse(now.body),
    follows: bodySchema.parse((await latest(tx, 'playbook')).body),
    draft,
    draftBody: draft && bodySchema.parse(draft.body),
    tiers: [...tiers],
  }
}

/** A playbook that may be kept as a draft, or everything that is wrong with it. */
export function checkBody(
  unread: unknown,
  tiers: readonly string[],
): { readonly body: Body } | { readonly faults: readonly Fault[] } {
  const read = bodySchema.safeParse(unread)
  if (!read.success) {
    const faults = read.error.issues.map((issue) => ({
      path: issue.path.map(String),
      because: sentence(issue),
    }))
    return { faults }
  }
  const faults = faultsOf({ ...read.data, version: 1, effectiveFrom: '2026-01-01' }, tiers)
  const all = [...faults, ...heardOtherwise(read.data.outcomes)]
  return all.length > 0 ? { faults: all } : { body: read.data }
}

/** Words of a kind that are read as another: what is shipped is read by more than its list of words. */
function heardOtherwise(outcomes: Body['outcomes']): Fault[] {
  const kinds = kindsOf(outcomes)
  return kinds.flatMap(({ code, label, words }) =>
    (['zh', 'en'] as const).flatMap((language) =>
      [...new Set([label[language], ...words[language]])].flatMap((word, index) => {
        const [heard] = outcomesIn(word, kinds)
        const other = heard?.how === 'sure' && heard.code !== code && findKind(kinds, heard.code)
        if (!other) return []
        const path = ['outcomes', code, index === 0 ? 'label' : 'words', language]
        return fault(
          path,
          `"${word}"会读成"${other.label.zh}"，请换一个说法`,
          `"${word}" is read as "${other.label.en}", take another`,
        )
      }),
    ),
  )
}

function sentence(issue: z.core.$ZodIssue): Text {
  if (issue.code === 'too_big') return text(`最多 ${issue.maximum}`, `${issue.maximum} at most`)
  if (issue.code === 'too_small') return text(`至少 ${issue.minimum}`, `${issue.minimum} at least`)
  return text('不能空，或者不是这里要的值', 'empty, or not what is wanted here')
}
