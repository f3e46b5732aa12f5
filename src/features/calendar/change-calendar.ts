import type { Context } from '../../bot/command.ts'
import { type Asker, pathOf } from '../../bot/policy.ts'
import { type EnteredDay, yearOf } from '../../core/calendar/schedule.ts'
import { bankWorkdays } from '../../core/calendar/workdays.ts'
import { Choice, type Refusal, refuse } from '../../core/decision.ts'
import type { Intent } from '../../core/intent.ts'
import { speaker, type Text } from '../../core/text.ts'
import type { Queries } from '../../infra/database/index.ts'
import { moveFrom, tasksOn } from '../tasks/move/day-off-store.ts'
import { previewText } from './cards.ts'
import {
  type Change,
  changed,
  daysOf,
  lastYear,
  newlyOff,
  type Place,
  type Planned,
  WHOLE_BANK,
} from './rules.ts'
import { placesNamed, saveChange } from './store.ts'

/** The unit that is meant; without a name one's own, or the whole bank for whose word that is. */
export async function placeMeant(
  tx: Queries,
  asker: Asker,
  named: string | null,
): Promise<Place | Refusal> {
  if (named === null && asker.reach === 'bank') {
    return { unitId: null, path: WHOLE_BANK, name: null }
  }
  const own = asker.who.unitPath.split('/').at(-2) ?? ''
  const [only, other] = await placesNamed(tx, pathOf(asker), named ?? own)
  if (!only) {
    return refuse(
      `您的机构里没有"${named ?? own}"。本机构的直接写日期，如"节假日 2027-03-01 装修"；别的机构写在日期前面。`,
      `There is no "${named ?? own}" in your unit. For your own just give the days, such as "holidays 2027-03-01 refit"; another unit is named before them.`,
    )
  }
  if (other && only.name === named) {
    return refuse(
      `不止一个"${named}"，请写机构代码。`,
      `There is more than one "${named}"; give its code.`,
    )
  }
  return only
}

/** What would follow from a change at a place. */
export async function plan(
  tx: Queries,
  place: Place,
  change: Change,
  entered: readonly EnteredDay[],
  { at }: Pick<Context, 'at'>,
  left: readonly Text[] = [],
): Promise<Planned | Refusal> {
  const last = lastYear(at.today)
  const late = daysOf(change).find((day) => yearOf(day) > last)
  if (late) {
    return refuse(
      `${late} 太远了，最多录入到 ${last} 年。`,
      `${late} is too far off; days up to ${last} can be entered.`,
    )
  }
  const daysOff = newlyOff(entered, change, place.path, at.today)
  const counts = await tasksOn(tx, daysOff)
  const after = bankWorkdays(changed(entered, change, place.path)).of(place.path)
  return { place, change, daysOff, ...counts, after, left }
}

/** Says what would follow, and does it when that is what they want. */
export function confirmed(
  planned: Planned,
  sure: boolean,
  intent: Intent,
  { who }: Pick<Context, 'who'>,
): Planned | Choice {
  if (sure) return planned
  const label = speaker(who.language)('确认', 'Yes')
  const input = { ...(intent.input as object), sure: true }
  return new Choice({ zh: previewText(planned, 'zh'), en: previewText(planned, 'en') }, [
    { label, intent: { command: intent.command, input } },
  ])
}

export async function saveChanged(
  tx: Queries,
  { place, change, daysOff }: Planned,
  { actId, who, at, momentChanged }: Context,
): Promise<void> {
  await saveChange(tx, change, place, { actId, staffId: who.id, now: at.now })
  await moveFrom(tx, daysOff, actId, at.now)
  momentChanged()
}
