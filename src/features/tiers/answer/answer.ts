import type { Context } from '../../../bot/command.ts'
import type { Queries } from '../../../infra/database/index.ts'
import type { Client } from '../../clients/rules.ts'
import type { Facts } from '../../tier-rules/facts.ts'
import { type About, decideKnown } from '../../tier-rules/known.ts'
import type { Standard } from '../../tier-rules/standard.ts'
import { judgedAs, recordedFacts, standardsOn } from '../../tier-rules/store.ts'
import { countedOn, type FactChange } from '../entry/rules.ts'
import { nominationsOf } from '../nominations/store.ts'
import { recordFacts } from '../policy.ts'
import type { TierAnswer } from './cards.ts'
import { standingAfter } from './rules.ts'
import { standingOf } from './store.ts'

/** Moves that a short answer looks back over. */
const LOOK_BACK = 4

/** What an answer is computed from. */
export interface Known {
  readonly answer: TierAnswer
  readonly standard: Standard
  readonly facts: Facts
  readonly about: About
}

/** Everything that an answer about a client's tier says, for this reader. */
export async function answerFor(
  tx: Queries,
  client: Client,
  { who, at }: Pick<Context, 'who' | 'at'>,
): Promise<Known> {
  const [standards, [recorded], standing, nominations] = await Promise.all([
    standardsOn(tx, at.today),
    recordedFacts(tx, [client.id], at.today),
    standingOf(tx, client.id, at.timezone, LOOK_BACK),
    nominationsOf(tx, [client.id], at.timezone),
  ])
  const standard = standards[judgedAs(client.kind)]
  const facts = recorded?.facts ?? {}
  const about = { knownOn: recorded?.knownOn ?? {}, today: at.today, decided: standing.decided }
  const answer: TierAnswer = {
    name: client.name,
    businessName: client.businessName,
    clientId: client.id,
    decision: decideKnown(standard, facts, about),
    recorded: facts,
    knownOn: about.knownOn,
    version: standard.version,
    ladder: standard.ladder,
    standing,
    nominations: nominations.get(client.id) ?? [],
    today: at.today,
    language: who.language,
    mayRecord: who.role in recordFacts.reach,
  }
  return { answer, standard, facts, about }
}

/** The answer once these facts are written down. */
export function answerAfter(
  { answer, standard, facts, about }: Known,
  changes: readonly FactChange[],
): TierAnswer {
  const { today, standing } = answer
  const recorded = changes.map(({ fact }) => fact)
  const known = {
    ...facts,
    ...Object.fromEntries(changes.map(({ fact, after }) => [fact, countedOn(fact, after, today)])),
  }
  const knownOn = { ...about.knownOn, ...Object.fromEntries(recorded.map((fact) => [fact, today])) }
  const decision = decideKnown(standard, known, { ...about, knownOn })
  const { version } = standard
  const after = standingAfter(standing, decision, { facts: known, recorded, version, today })
  return { ...answer, decision, recorded: known, knownOn, standing: after }
}
