import type { Moment } from '../../../bot/moment.ts'
import { type Asker, pathOf } from '../../../bot/policy.ts'
import { type Refusal, refuse } from '../../../core/decision.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { audienceNamed } from '../../campaigns/audience/store.ts'
import type { Receiver } from '../rules.ts'
import { receiversOf } from './store.ts'

const MARKS = /[、,，;；]+/
const BETWEEN = /[\s、,，;；]+/

/** Whom words mean within reach, also who is away: units, teams, staff codes and names; blank: one's own unit. */
export async function receiversNamed(
  tx: Queries,
  audience: string,
  asker: Asker & { readonly at: Moment },
): Promise<readonly Receiver[] | Refusal> {
  // A form parts those whom it offers by marks, and such a name may have blanks: Mary Brown(M007).
  const words = audience
    .split(/\([^()\s]+\)/.test(audience) ? MARKS : BETWEEN)
    .flatMap((each) => each.trim() || [])
  const reach = pathOf(asker)
  const named = await audienceNamed(tx, words, asker.who.unitPath)
  if (named.unclear.length > 0) {
    const unclear = named.unclear.join('、')
    return refuse(
      `没有这个机构、团队或人，或者重名、已离职：${unclear}。重名的请写工号。`,
      `Not a unit or person at work here, or the name of several: ${unclear}. For people of one name give the staff code.`,
    )
  }
  const outside = named.places.find(({ path }) => !path.startsWith(reach))
  if (outside) {
    return refuse(
      `${outside.name} 不在您管辖的机构内，请只分给自己的团队和组员。`,
      `${outside.name} is not of your unit; share lists out among your own teams and people.`,
    )
  }
  const paths = words.length > 0 ? named.paths : [reach]
  return receiversOf(tx, paths, named.staff, asker.at.today)
}
