import type { Context } from '../../../bot/command.ts'
import { day } from '../../../core/calendar/time.ts'
import { pinyinOf } from '../../../core/identity/pinyin.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { keepHistory, noteChanges } from '../../clients/file/store.ts'
import {
  addPhone,
  markDead,
  preferPhone,
  removePhone,
} from '../../clients/identity/phones-store.ts'
import { saveCreditCode, saveIdNumber } from '../../clients/identity/store.ts'
import { savePlace } from '../../clients/store.ts'
import { moveEnd } from '../../facilities/changed.ts'
import { bar } from '../../risk/list/effect.ts'
import { screen } from '../../risk/screen.ts'
import { closeThinFiles } from '../../tasks/care/thin-files.ts'
import { answerDeadNumber } from '../../tasks/contact/dead-number.ts'
import { makeDue } from '../../tasks/plan-task.ts'
import { saveFacts } from '../../tiers/entry/store.ts'
import { retier } from '../../tiers/retier.ts'
import { type PlainColumns, saveColumns } from '../store.ts'
import { type Change, type Changed, isChange } from './changes.ts'
import { isIdField } from './rules.ts'

/** Writes changes of a file, with its history, and does what follows from them. */
export async function saveChanges(
  tx: Queries,
  { client, changes, onFile, call, born }: Changed,
  { who, at, actId, bank }: Context,
): Promise<void> {
  const { facility } = onFile.credit
  const by = { staffId: who.id, actId, now: at.now }
  const clientId = client.id
  await keepHistory(tx, { clientId, table: 'client' }, by, async () => {
    const plain = plainOf(changes.filter((each) => !(facility && isChange(each, 'creditEndsOn'))))
    if (Object.keys(plain).length > 0) await saveColumns(tx, clientId, plain)
    for (const { field, after } of changes) {
      if (isIdField(field)) await saveIdNumber(tx, clientId, after, after ? field : 'resident')
      if (field === 'creditCode') await saveCreditCode(tx, clientId, after)
    }
  })
  const end = changes.find((each) => isChange(each, 'creditEndsOn'))
  if (end?.after && facility) {
    const { before, after } = end
    await noteChanges(
      tx,
      clientId,
      [{ subject: 'facility_ends_on', row: facility.id, before, after }],
      by,
    )
    await moveEnd(tx, { id: facility.id, clientId }, day(after), { ...by, at, bank })
  }
  const places = changes.filter((each) => isChange(each, 'region', 'industry', 'cluster'))
  if (places.length > 0) {
    const { region, industry, cluster } = onFile.columns
    const after = Object.fromEntries(places.map((each) => [each.field, each.after]))
    await savePlace(tx, clientId, { region, industry, cluster, ...after }, by)
    if ('industry' in after) await retier(tx, [clientId], at.today)
  }
  await keepHistory(tx, { clientId, table: 'client_phone' }, by, async () => {
    for (const change of changes) await savePhone(tx, clientId, change, by)
  })
  if (born) {
    await saveFacts(tx, clientId, [{ fact: 'age', before: null, after: born }], { who, actId, at })
    await retier(tx, [clientId], at.today)
    await makeDue(tx, [clientId], actId, at)
    await closeThinFiles(tx, [clientId], actId, at.now)
  }
  if (changes.some((each) => isChange(each, 'phone', 'otherPhone'))) {
    await answerDeadNumber(tx, clientId, call, actId, at)
  }
  const found = await screen(tx, bank, [clientId])
  if (found.length > 0) await bar(tx, [{ clientId, ...client }], at.now)
}

function plainOf(changes: readonly Change[]): PlainColumns {
  const plain: PlainColumns = {}
  for (const { field, after } of changes) {
    switch (field) {
      case 'name':
        if (after) Object.assign(plain, { name: after, ...pinyinOf(after) })
        break
      case 'businessName':
      case 'address':
      case 'wechat':
      case 'language':
      case 'licenceEndsOn':
      case 'creditEndsOn':
        plain[field] = after
    }
  }
  return plain
}

async function savePhone(
  tx: Queries,
  clientId: string,
  { field, before, after, beside }: Change,
  by: Parameters<typeof preferPhone>[3],
): Promise<void> {
  if (field === 'phone' && after) await preferPhone(tx, clientId, after, by)
  if (field === 'otherPhone' && after) {
    await addPhone(tx, { clientId, number: after, label: null, person: beside || null }, by)
  }
  if (field === 'deadPhone' && before) await markDead(tx, clientId, before, by)
  if (field === 'dropPhone' && before) await removePhone(tx, clientId, before)
}
