import { noteActs } from '../../../bot/audit.ts'
import type { Answer, Command, Context } from '../../../bot/command.ts'
import { shownClients } from '../../../bot/conversation/shown-clients.ts'
import type { Services } from '../../../bot/services.ts'
import { newId } from '../../../core/ids.ts'
import type { Actor } from '../../../core/staff.ts'
import { speaker } from '../../../core/text.ts'

/**
 * Runs a command as the reader of the pages, who may what they may in chat: in one transaction with its note on the
 * audit trail. For commands that neither change what the bank offers nor can be undone by `undo`.
 */
export async function press(
  services: Services,
  who: Actor,
  command: Command,
  input: unknown,
): Promise<Answer> {
  const { database, publicUrl, bank, dayNotes, clientEntered } = services
  const at = services.moment()
  const actId = newId()
  let beginsWork = false
  let givenOut: number | null = null
  const answer = await database.transaction(async (tx) => {
    const context: Context = {
      ...{ who, at, actId, publicUrl, bank, dayNotes, clientEntered },
      say: speaker(who.language),
      account: { channel: 'desk', externalId: who.code },
      shared: false,
      tell: (staffId, compose) => services.tell(tx, staffId, compose),
      momentChanged() {},
      refreshCard() {},
      refreshPages() {},
      beginWork() {
        beginsWork = true
      },
      givesOut(rows) {
        givenOut = (givenOut ?? 0) + rows
      },
    }
    const answer = await command.run(tx, input, context, () => {})
    if (answer.result === 'done' || answer.result === 'refused') {
      const { result } = answer
      const seen = answer.result === 'done' ? shownClients(answer.card) : []
      const act = { id: actId, staff: who.id, channel: 'desk', command: command.name, input, seen }
      await noteActs(tx, [{ ...act, result, undoable: false, givenOut }], at.now)
    }
    return answer
  })
  services.wake()
  if (beginsWork) services.wakeWork()
  return answer
}
