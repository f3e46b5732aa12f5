import type { Undoing } from '../../bot/commands/undo-snapshot.ts'
import { text } from '../../core/text.ts'
import { quotasBack } from './store.ts'

/** Quotas that were set or given out are what they were, unless somebody set them again. */
export const undo: Undoing = {
  what: {
    'set-quota': text('指标', 'the quota'),
    'split-quota': text('指标分解', 'the giving out of the quota'),
  },
  builtUpon: `exists (
    select from undo_snapshot as kept
    cross join lateral jsonb_to_recordset(kept.before -> 'changed') as said (of uuid, measure text)
    join quota on quota.span = kept.before ->> 'span' and quota.measure = said.measure
      and (quota.staff_id = said.of or quota.unit_id = said.of)
    where kept.act_id = act.id and kept.subject = 'quotas' and (quota.set_at > act.at or quota.set_by <> act.staff_id))`,
  takeBack: (tx, actId) => quotasBack(tx, actId),
}
