import { COMMANDS } from '../app-features.ts'
import { noteActs } from '../bot/audit.ts'
import { holderOf } from '../bot/inbox/sender/accounts.ts'
import { askerOf } from '../bot/policy.ts'
import type { FormOption, Sought } from '../channels/plugin.ts'
import { dayIn } from '../core/calendar/time.ts'
import { newId } from '../core/ids.ts'
import { sayWhich } from '../features/clients/rules.ts'
import { findNamed, MOST_MATCHES } from '../features/clients/store.ts'
import type { Database } from '../infra/database/index.ts'

/** Clients whom somebody of a channel may mean, within reach of what they are about to say; of a phone its end. */
export const clientsLike =
  (database: Database, channel: string, timezone: string) =>
  ({ sender, command: name, typed }: Sought): Promise<readonly FormOption[]> =>
    database.transaction(async (tx) => {
      const command = COMMANDS.find((each) => each.name === name)
      const who = await holderOf(tx, { channel, sender }, dayIn(new Date(), timezone))
      if (!command || !who || !typed) return []
      const found = (await findNamed(tx, askerOf(command.may, who), typed)).slice(0, MOST_MATCHES)
      // Whoever is offered names has seen them.
      const act = { staff: who.id, channel, command: name, input: { named: typed } }
      const seen = found.map(({ id }) => id)
      const asked = { result: 'asked', undoable: false, givenOut: null } as const
      if (found.length > 0)
        await noteActs(tx, [{ id: newId(), ...act, ...asked, seen }], new Date())
      return found.map((client) => ({ label: sayWhich(client), value: client.id }))
    })
