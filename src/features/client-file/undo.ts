import type { Undoing } from '../../bot/commands/undo-snapshot.ts'
import { text } from '../../core/text.ts'
import { takeBackChanges } from '../clients/file/store.ts'
import { CHANGED_SINCE, restoreFacilities } from '../facilities/taken-back/store.ts'
import { screen } from '../risk/screen.ts'

/**
 * What was changed on a file is as it was, and screened as it is again. A number that is another client's
 * by now cannot come back.
 */
export const undo: Undoing = {
  what: {
    'change-client': text('资料修改', 'the change'),
    'place-client': text('归类', 'the place'),
    'note-client': text('备注', 'the note'),
    'keep-document': text('资料', 'the document'),
    'save-household': text('家人', 'the household'),
    'save-guarantor': text('担保人', 'the guarantor'),
    'hold-products': text('产品登记', 'the products held'),
  },
  builtUpon: `exists (
    select from file_change as change
    join client_identity as taken on taken.client_id <> change.client_id and (
      change.subject = 'id_number' and taken.kind = 'id' and taken.key = secret_key(change.before #>> '{}')
      or change.subject = 'credit_code' and taken.kind = 'credit-code'
        and taken.key = secret_key(change.before #>> '{}')
      or change.subject = 'client_phone' and taken.kind = 'phone'
        and taken.key = secret_key(change.before->>'number') and change.before->>'state' = 'ok'
        and change.before->>'person' is null)
    where change.act_id = act.id)
    or exists (select from undo_snapshot where undo_snapshot.act_id = act.id
      and undo_snapshot.subject = 'facilities' and ${CHANGED_SINCE})`,
  async takeBack(tx, actId, { at, bank }) {
    await restoreFacilities(tx, actId, at)
    const clientIds = await takeBackChanges(tx, actId, at.now)
    if (clientIds.length > 0) await screen(tx, bank, clientIds)
  },
}
