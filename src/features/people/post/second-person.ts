import { z } from 'zod'
import { type Asked, type CarryingOut, requestKind } from '../../../bot/request-kind.ts'
import { textCard } from '../../../core/card.ts'
import { type Refusal, refuse } from '../../../core/decision.ts'
import { ROLES } from '../../../core/staff.ts'
import { inLanguage, speaker } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { type Asking, askForSecond, type Waiting } from '../../requests/ask.ts'
import { isWaiting, namesOf, secondPersons } from '../../requests/store.ts'
import { worksIn } from '../../staff/rules.ts'
import { superiorsOf } from '../../staff/store.ts'
import { standInLeftCard } from '../portfolio/cards.ts'
import { deactivate } from '../portfolio/store.ts'
import { tellEnded } from './end-with-place.ts'
import { sayChange } from './lines.ts'
import { asOnFile, changedTo, decisiveRole, type Person } from './rules.ts'
import {
  bookLeaves,
  holdRoster,
  peopleOnFile,
  reachesNow,
  takenBy,
  unitsNamed,
  writePeople,
} from './store.ts'

const person = z.object({
  code: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  unit: z.string(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  slack: z.string().nullable(),
  wecom: z.string().nullable(),
})

/** `before` null: they come; `after` null: they leave. */
const payload = z.object({ before: person.nullable(), after: person.nullable() })
export type PostChange = z.infer<typeof payload>

type AskedPost = Asked<PostChange>

const codeOf = ({ before, after }: PostChange): string => after?.code ?? before?.code ?? ''

const subjectOf = (change: PostChange): string => codeOf(change).toLowerCase()

/** Who works here as they shall be once this is confirmed, with all that changed meanwhile. */
async function settled(tx: Queries, { before, after }: PostChange): Promise<Person | null> {
  const [onFile] = await peopleOnFile(tx, [codeOf({ before, after })])
  const now = asOnFile(onFile, after ?? undefined)
  return after && before && now ? changedTo(now, before, after) : after
}

/** Somebody comes to a role of weight, moves, leaves it, or is to be reached elsewhere. */
export const post = requestKind<PostChange>({
  name: 'post',
  label: { zh: '人员', en: 'people' },
  payload,
  confirmers: (tx, asked) => secondPersonsFor(tx, asked.payload, asked.askedBy),
  async describe(tx, { before, after }) {
    const units = await unitsNamed(tx, [before?.unit, after?.unit])
    return sayChange(before, after, (code) => units.get(code)?.name ?? code)
  },
  fault,
  carryOut,
})

const secondPersonsFor = (tx: Queries, change: PostChange, askedBy: string): Promise<string[]> =>
  secondPersons(tx, {
    about: codeOf(change),
    askedBy,
    role: decisiveRole(change.before, change.after),
    unit: change.after?.unit ?? change.before?.unit ?? '',
  })

async function fault(tx: Queries, { payload: change }: AskedPost): Promise<Refusal | null> {
  await holdRoster(tx)
  const code = codeOf(change)
  const [onFile] = await peopleOnFile(tx, [code])
  if (change.before && !onFile?.active) {
    return refuse(`${code} 已离职，没有改动。`, `${code} has left; nothing was changed.`)
  }
  if (!change.before && onFile?.active) {
    return refuse(`工号 ${code} 已有人用。`, `The staff code ${code} is taken.`)
  }
  const after = await settled(tx, change)
  if (!after) return null
  const unit = (await unitsNamed(tx, [after.unit])).get(after.unit)
  if (!unit || !worksIn(after.role, unit.kind)) {
    return refuse(
      `机构 ${after.unit} 已撤销，或不设这个岗位，没有改动。请重新提出。`,
      `The unit ${after.unit} is gone or has no such role; nothing was changed. Please ask anew.`,
    )
  }
  const taken = await takenBy(tx, after)
  if (taken) {
    return refuse(
      `邮箱或聊天账号已经是 ${taken} 的，没有改动。请核对后重新提出。`,
      `The address or account is that of ${taken} by now; nothing was changed. Check it and ask anew.`,
    )
  }
  return onFile?.active ? bookLeaves(tx, onFile, after.unit) : null
}

async function carryOut(
  tx: Queries,
  { payload: change }: AskedPost,
  { at, tell }: CarryingOut,
): Promise<void> {
  const [onFile] = await peopleOnFile(tx, [codeOf(change)])
  const after = await settled(tx, change)
  if (!after) {
    if (!onFile) return
    for (const { staffId } of await deactivate(tx, [onFile.id], at.today, at.now)) {
      await tell(staffId, (language) => standInLeftCard(onFile.name, language))
    }
    return
  }
  const before = onFile ? await superiorsOf(tx, onFile.id) : []
  const reaches = await reachesNow(tx)
  const on = { today: at.today, now: at.now, reaches }
  await tellEnded(await writePeople(tx, [after], on), tell)
  const [now] = await peopleOnFile(tx, [after.code])
  const what = await post.describe(tx, change)
  const chiefs = now ? await superiorsOf(tx, now.id) : []
  for (const id of new Set([...before, ...chiefs, ...(now ? [now.id] : [])])) {
    await tell(id, (language) =>
      textCard(
        speaker(language)(
          `人员变动已生效：${inLanguage(what, 'zh')}`,
          `In force from now: ${inLanguage(what, 'en')}`,
        ),
      ),
    )
  }
}

/**
 * Asks for the second person of a change of somebody's post or address; whom it is about hears of it where
 * they are reached now. Refused where there is nobody to confirm.
 */
export async function askForPost(
  tx: Queries,
  change: PostChange,
  by: Pick<Asking, 'askedBy' | 'askedByName' | 'reason'>,
  doing: CarryingOut,
): Promise<Waiting | Refusal> {
  const waiting = await askForSecond(
    tx,
    post,
    { subject: subjectOf(change), payload: change, ...by },
    doing,
  )
  const [onFile] = await peopleOnFile(tx, [codeOf(change)])
  if (!('confirmers' in waiting) || waiting.before || !onFile?.active) return waiting
  // Who is to leave hears it from a person.
  if (!change.after) return waiting
  const what = await post.describe(tx, change)
  await doing.tell(onFile.id, (language) =>
    textCard(
      speaker(language)(
        `有人提出变更您的资料：${inLanguage(what, 'zh')}。要等 ${waiting.confirmers.join('、')} 确认才生效；不是您知道的，请马上告诉他们。`,
        `Somebody asked to change what is on file of you: ${inLanguage(what, 'en')}. It takes effect once ${waiting.confirmers.join(', ')} confirm; if you do not know of it, tell them at once.`,
      ),
    ),
  )
  return waiting
}

/** Somebody who works here, as they are; null: they do not. */
export async function personNow(tx: Queries, code: string): Promise<Person | null> {
  const [onFile] = await peopleOnFile(tx, [code])
  return asOnFile(onFile)
}

/** Who could confirm a change now, by name. */
export const confirmersOf = async (
  tx: Queries,
  change: PostChange,
  askedBy: string,
): Promise<string[]> => namesOf(tx, await secondPersonsFor(tx, change, askedBy))

/** Whether just this was asked for and waits. */
export const waits = (tx: Queries, change: PostChange, now: Date): Promise<boolean> =>
  isWaiting(tx, { kind: post.name, subject: subjectOf(change), payload: change }, now)
