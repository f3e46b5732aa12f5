import type { Services } from '../../../bot/services.ts'
import { type Text, text } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import type { Identity } from '../../clients/identity/rules.ts'
import { erasedAmong } from '../../risk/erased-store.ts'
import { hashable } from '../../risk/rules.ts'
import { listedAmong } from '../../risk/screen.ts'
import { openEntryTasks } from '../../tasks/entry-tasks.ts'
import type { RowFault } from '../store.ts'
import {
  insertStrangers,
  matchByOthers,
  type Stranger,
  strangersIn,
  type Why,
} from './enter-store.ts'
import type { Part } from './store.ts'

/**
 * Puts those on file whom a feed of clients names and nobody knows: with a name and a manager who works here they
 * become prospects of a list, until a facility says more. Resolves to how many, and to why others did not.
 */
export async function enterClients(
  tx: Queries,
  { bank, clientEntered, moment }: Pick<Services, 'bank' | 'clientEntered' | 'moment'>,
  part: Part,
): Promise<{ readonly entered: number; readonly refused: readonly RowFault[] }> {
  const at = moment()
  let entered = 0
  for (;;) {
    await matchByOthers(tx, part)
    const strangers = await strangersIn(tx, part)
    const hashes = new Map(
      strangers.flatMap(({ keys }) =>
        keys.map((key) => [key, bank.keyedHash(hashable(read(key)))]),
      ),
    )
    const listed = new Set(await listedAmong(tx, [...hashes.values()]))
    const erased = new Set(await erasedAmong(tx, [...hashes.values()]))
    const among = (known: ReadonlySet<string>, { keys }: Stranger) =>
      keys.some((key) => known.has(hashes.get(key) ?? ''))
    const able = strangers.filter(
      (each) => each.why === null && !among(listed, each) && !among(erased, each),
    )
    // Later rows of the same newcomer find them on file the next time round.
    const ids = await insertStrangers(tx, part.loadId, firstOfEach(able), at.now)
    if (ids.length === 0) {
      return {
        entered,
        refused: strangers.map((each) => ({
          line: each.line,
          because: each.why ? BECAUSE[each.why] : among(listed, each) ? LISTED : ERASED,
        })),
      }
    }
    await clientEntered(tx, ids)
    await openEntryTasks(tx, ids, null, at)
    entered += ids.length
  }
}

const read = (key: string): Identity => {
  const [kind = '', value = ''] = key.split(':')
  return { kind: kind as Identity['kind'], value }
}

function firstOfEach(strangers: readonly Stranger[]): Stranger[] {
  const seen = new Set<string>()
  return strangers.filter(({ keys }) => {
    const again = keys.some((key) => seen.has(key))
    for (const key of keys) seen.add(key)
    return !again
  })
}

const LISTED = text(
  '没有这位客户，且在负面清单上，没有登记',
  'no such client, and on the negative list: not entered',
)
const ERASED = text(
  '没有这位客户，本人要求删除过资料，没有登记',
  'no such client: whoever it is had their file deleted, so nothing was entered',
)
const BECAUSE: Readonly<Record<Why, Text>> = {
  'two-clients': text(
    '几个号码是不同客户的，没有改动，请核对',
    'its numbers are of different clients; they were left as they are, please check',
  ),
  'other-paper': text(
    '号码相同，但证件号或客户号与档案不同，没有改动，请核对',
    'one number is on file with another ID, credit code or client number; please check',
  ),
  'no-name': text('没有这位客户，也没有姓名，没有登记', 'no such client, and no name to enter one'),
  'no-owner': text(
    '没有这位客户，也没有客户经理工号，没有登记',
    'no such client, and no staff code of a manager to enter one',
  ),
  'owner-unknown': text(
    '没有这位客户，客户经理工号也不在册，没有登记',
    'no such client, and nobody has that staff code: not entered',
  ),
  'owner-left': text(
    '没有这位客户，客户经理已离职，没有登记',
    'no such client, and the manager has left: not entered',
  ),
  'owner-no-manager': text(
    '没有这位客户，工号不是客户经理，没有登记',
    'no such client, and that staff code is no client manager: not entered',
  ),
}
