import { type Asker, pathOf } from '../../bot/policy.ts'
import { Choice, Refusal, refuse } from '../../core/decision.ts'
import { nameKey } from '../../core/identity/name-key.ts'
import type { Intent } from '../../core/intent.ts'
import type { Queries } from '../../infra/database/index.ts'
import type { Condition } from '../clients/filter/rules.ts'
import { findNamed } from '../clients/store.ts'
import { namedWithRegister, REGISTER_LABELS } from '../registers/labels.ts'
import { REGISTERS, type Register } from '../registers/rules.ts'
import { matchNames, nearNames } from '../registers/store.ts'
import { staffNamed } from '../staff/store.ts'
import type { Question } from './rules.ts'

/** One thing that a name may mean. */
interface Meaning {
  readonly label: string
  readonly is: { readonly whose: Question['whose'] } | { readonly where: Condition }
}

const asIs = (question: Question): Intent => ({ command: 'ask', input: question })

/**
 * A question whose first name is found: a person or a unit within reach, or a place. What is none of these, or
 * several, is asked back, as a wrong count is worse than none; `again` says what asks with the answer.
 */
export async function withNames(
  tx: Queries,
  asker: Asker,
  question: Question,
  again: (question: Question) => Intent = asIs,
): Promise<Question | Refusal | Choice> {
  const [name, ...others] = question.names
  if (name === undefined) return question
  const meanings = await meaningsOf(tx, asker, name)
  const told = (meaning: Meaning): Question | null =>
    withMeaning({ ...question, names: others }, meaning)
  const [only, another] = meanings
  if (!only) {
    const found = await Promise.all(others.map((each) => meaningsOf(tx, asker, each)))
    const alsoUnknown = others.filter((_, place) => found[place]?.length === 0)
    return unknownName(tx, asker, question, [name, ...alsoUnknown], again)
  }
  if (another) {
    return new Choice(
      { zh: `"${name}"指哪一个？`, en: `Which "${name}" do you mean?` },
      meanings.flatMap((meaning) => {
        const input = told(meaning)
        return input ? [{ label: meaning.label, intent: again(input) }] : []
      }),
    )
  }
  return (
    told(only) ??
    refuse(
      `"我的"和"${name}"说的不是一个人，请只说一个。`,
      `"My" and "${name}" are not the same; please say one of them.`,
    )
  )
}

/** Null: the question says already whose it is. */
function withMeaning(question: Question, { is }: Meaning): Question | null {
  if ('where' in is) return { ...question, where: [...question.where, is.where] }
  return question.whose === null || question.whose === 'team'
    ? { ...question, whose: is.whose }
    : null
}

async function meaningsOf(tx: Queries, asker: Asker, name: string): Promise<Meaning[]> {
  const [people, units, ...places] = await Promise.all([
    peopleNamed(tx, asker, name),
    unitsNamed(tx, asker, name),
    ...REGISTERS.map((register) => placesNamed(tx, register, name)),
  ])
  const found = [...people, ...units, ...places.flat()]
  const only = namedWithRegister(name)
  return found.length === 0 && only ? placesNamed(tx, only.register, only.named) : found
}

async function placesNamed(tx: Queries, register: Register, name: string): Promise<Meaning[]> {
  const [entry] = await matchNames(tx, register, [name])
  if (!entry) return []
  const among = [{ id: entry.id, name: entry.name }]
  return [{ label: labelOf(register, entry.name), is: { where: { by: 'place', register, among } } }]
}

const labelOf = (register: Register, name: string): string =>
  `${REGISTER_LABELS[register].zh} ${REGISTER_LABELS[register].en} ${name}`

/** Those of a name whom the asker may ask about, by whole name or code. */
async function peopleNamed(tx: Queries, { who, reach }: Asker, name: string): Promise<Meaning[]> {
  const named = (await staffNamed(tx, name)).filter(({ exact }) => exact)
  const seen = named.filter(({ id, unitPath }) =>
    reach === 'own book' ? id === who.id : unitPath.startsWith(pathOf({ who, reach })),
  )
  return seen.map(({ id, code, name: is, unit }) => ({
    label: `${is} ${code} · ${unit}`,
    is: { whose: { people: [{ id, name: is }] } },
  }))
}

async function unitsNamed(tx: Queries, { who, reach }: Asker, name: string): Promise<Meaning[]> {
  if (reach === 'own book') return []
  const units = await tx.unit.findMany({
    where: {
      path: { startsWith: pathOf({ who, reach }) },
      kind: { not: 'department' },
      OR: [{ name }, { code: { equals: name, mode: 'insensitive' } }],
    },
    orderBy: { path: 'asc' },
    take: 5,
  })
  return units.map(({ name: is, path }) => ({ label: is, is: { whose: { path, name: is } } }))
}

/** Says what was not understood, with what comes near it. */
async function unknownName(
  tx: Queries,
  asker: Asker,
  question: Question,
  [name = '', ...more]: readonly string[],
  again: (question: Question) => Intent,
): Promise<Refusal | Choice> {
  // All at once: who mends the first would be told of the next.
  const all = [name, ...more]
  const only = namedWithRegister(name)
  const near = (
    await Promise.all(
      (only ? [only.register] : REGISTERS).map(async (register) =>
        (
          await nearNames(tx, register, only?.named ?? name)
        ).map((other) => ({
          label: labelOf(register, other),
          intent: again({
            ...question,
            names: question.names.map((each) => (each === name ? other : each)),
          }),
        })),
      ),
    )
  ).flat()
  const clients = (await findNamed(tx, asker, name)).filter(
    (each) => nameKey(each.name) === nameKey(name),
  )
  const cards = clients.slice(0, 3).map(({ id, name: is, businessName }) => ({
    label: [is, businessName].filter(Boolean).join(' · '),
    intent: { command: 'client', input: { clientId: id } },
  }))
  const options = [...near, ...cards]
  const because = {
    zh: `没听懂${all.map((each) => `"${each}"`).join('、')}：您看得到的同事、机构、区域、集群和行业里都没有，所以没有统计。请换个名称再问。`,
    en: `I do not know ${all.map((each) => `"${each}"`).join(', ')}: no colleague, unit, region, cluster or industry that you can see, so nothing was counted. Ask again by another name.`,
  }
  if (options.length === 0) return new Refusal(because)
  return new Choice(
    { zh: `${because.zh}是下面的吗？`, en: `${because.en} Is it one of these?` },
    options.slice(0, 6),
  )
}
