import type { Undoing } from '../../bot/commands/undo-snapshot.ts'
import { text } from '../../core/text.ts'
import { backCard } from './answer/cards.ts'
import { enquiriesBack, hearersOf } from './store.ts'

/** A question that an act asked is withdrawn; one that it answered or took back waits again. */
export const undo: Undoing = {
  what: {
    enquire: text('询问', 'the question'),
    'enquire-request': text('询问', 'the question'),
    'answer-enquiry': text('答复', 'the answer'),
    'withdraw-enquiry': text('撤回的询问', 'the taking back of the question'),
  },
  clients: `
    select client_id from enquiry where client_id is not null and (act_id = act.id or closed_by = act.id)`,
  // Somebody answered, or what waited for the answer was decided upon it: both stand.
  builtUpon: `exists (select from enquiry where act_id = act.id and status = 'answered')
    or exists (
      select from enquiry left join tier_change as move on move.id = move_id
      left join request on request.id = request_id
      where enquiry.closed_by = act.id and enquiry.status = 'answered'
        and coalesce(move.decided_at, request.decided_at) >= answered_at)`,
  async takeBack(tx, actId, { who, tell }) {
    for (const { id, question } of await enquiriesBack(tx, actId)) {
      for (const hearer of await hearersOf(tx, id)) {
        if (hearer !== who.id)
          await tell(hearer, (language) => backCard(who.name, question, language))
      }
    }
  },
}
